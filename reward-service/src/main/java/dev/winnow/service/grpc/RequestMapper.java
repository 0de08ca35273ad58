package dev.winnow.service.grpc;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Prompt;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From the wire to the domain. */
final class RequestMapper {
    private RequestMapper() {}

    static List<RewardRequest> toRewardRequests(List<dev.winnow.v1.RewardRequest> requests) {
        return requests.stream().map(RequestMapper::toRewardRequest).toList();
    }

    static Sample toSample(dev.winnow.v1.Sample sample) {
        return new Sample(
                sample.getId(),
                toPrompt(sample),
                sample.getContextList(),
                Text.of(sample.getResponse()),
                sample.hasTokens() ? Optional.of(sample.getTokens().getEndsList()) : Optional.empty(),
                sample.getSegmentEndsList(),
                sample.getTimeoutMs() == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Integer.toUnsignedLong(sample.getTimeoutMs()))),
                sample.getSerializedSize());
    }

    private static RewardRequest toRewardRequest(dev.winnow.v1.RewardRequest request) {
        return new RewardRequest(
                request.getName(),
                toDensity(request),
                request.getVersion().isEmpty() ? Optional.empty() : Optional.of(request.getVersion()),
                request.hasWeight() ? Optional.of(request.getWeight()) : Optional.empty(),
                request.getRawValues());
    }

    private static Optional<Density> toDensity(dev.winnow.v1.RewardRequest request) {
        return switch (request.getDensity()) {
            case DENSITY_UNSPECIFIED -> Optional.empty();
            case TOKEN -> Optional.of(Density.TOKEN);
            case STEP -> Optional.of(Density.STEP);
            case SUB_SENTENCE -> Optional.of(Density.SUB_SENTENCE);
            case SENTENCE -> Optional.of(Density.SENTENCE);
            case SEQUENCE -> Optional.of(Density.SEQUENCE);
            case UNRECOGNIZED ->
                throw FailureException.invalidArgument(
                        "density: %d of %s (expected: one of %s)",
                        request.getDensityValue(), request.getName(), List.of(Density.values()));
        };
    }

    private static Prompt toPrompt(dev.winnow.v1.Sample sample) {
        return switch (sample.getInputCase()) {
            case PROMPT -> new Prompt.Plain(sample.getPrompt());
            case MESSAGES ->
                new Prompt.Conversation(sample.getMessages().getMessagesList().stream()
                        .map(message -> new Prompt.Turn(message.getRole(), message.getContent()))
                        .toList());
            case INPUT_NOT_SET -> new Prompt.None();
        };
    }
}
