package dev.winnow.service.batch;

import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.List;

/** Rows that run together, and how many of them are still wanted. Guarded by its scheduler, but for what is final. */
final class Run {
    final List<Job> jobs;
    /** Ends when nobody wants any of the rows, or the run takes too long. */
    final Lifetime lifetime = new Lifetime();

    int wanted;

    /** @param jobs of one model; not empty */
    Run(List<Job> jobs) {
        this.jobs = jobs;
        this.wanted = jobs.size();
        jobs.forEach(job -> job.run = this);
    }

    ModelRunner runner() {
        return jobs.getFirst().runner();
    }

    List<TokenRow> rows() {
        return jobs.stream().map(job -> job.key.row()).toList();
    }

    int tokens() {
        return jobs.stream().mapToInt(Job::width).sum();
    }

    /** Of the longest row. */
    int width() {
        return jobs.stream().mapToInt(Job::width).max().orElseThrow();
    }
}
