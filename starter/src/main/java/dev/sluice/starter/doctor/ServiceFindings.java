package dev.sluice.starter.doctor;

import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.truth.TruthDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Derives findings about the service from outside: whether the truths agree, and what clients get. */
final class ServiceFindings {
    private static final String TRUTHS = "truths";
    private static final String SERVICE = "service";

    private ServiceFindings() {}

    /** Returns the differences between the truths, then an unserved address each. */
    static List<DoctorFinding> of(ClusterFile file, ClusterExamination examination) {
        List<DoctorFinding> findings = new ArrayList<>();
        Optional<String> why = examination.whyUnknown(TRUTHS);
        if (why.isPresent()) {
            findings.add(DoctorFinding.stops(TRUTHS, "not compared: " + why.get()));
        }
        examination.service().truths().findings().forEach(difference -> findings.add(finding(difference)));
        if (findings.isEmpty()) {
            findings.add(DoctorFinding.ok(TRUTHS, "droplets, tags, records and the cluster file agree"));
        }
        findings.addAll(answers(file, examination));
        return findings;
    }

    private static DoctorFinding finding(TruthDifference difference) {
        return difference.stopsOthers()
                ? DoctorFinding.stops(TRUTHS, difference.describe())
                : DoctorFinding.warn(TRUTHS, difference.describe());
    }

    private static List<DoctorFinding> answers(ClusterFile file, ClusterExamination examination) {
        Optional<String> why = examination.whyUnknown(SERVICE);
        if (why.isPresent()) {
            return List.of(DoctorFinding.unknown(SERVICE, "not visited: " + why.get()));
        }
        List<AddressAnswer> answers = examination.service().answers();
        List<DoctorFinding> dead = answers.stream()
                .filter(answer -> !answer.serves())
                .map(answer -> DoctorFinding.stops(
                        SERVICE,
                        "%s A %s sends clients to a machine that does not serve them: it %s"
                                .formatted(file.serviceName(), answer.address(), answer.says())))
                .toList();
        return dead.isEmpty() && !answers.isEmpty()
                ? List.of(DoctorFinding.ok(
                        SERVICE,
                        "%s serves clients at %s"
                                .formatted(file.serviceName(), SentenceFormat.count(answers.size(), "address"))))
                : dead;
    }
}
