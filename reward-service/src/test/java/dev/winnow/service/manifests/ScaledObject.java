package dev.winnow.service.manifests;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/** KEDA's kind, as much of it as the manifests use: https://keda.sh/docs/latest/reference/scaledobject-spec/. */
// Not the deserializer of any kind, which it would inherit.
@JsonDeserialize(using = JsonDeserializer.None.class)
final class ScaledObject implements HasMetadata {
    public String apiVersion = "";
    public String kind = "";
    public ObjectMeta metadata = new ObjectMeta();
    public Spec spec = new Spec(new Target(""), 0, 0, 0, List.of());

    record Target(String name) {}

    record Trigger(String type, Map<String, String> metadata) {}

    record Spec(
            Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int cooldownPeriod,
            List<Trigger> triggers) {}

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }
}
