package dev.isogloss.operator.benchmarks;

import java.nio.file.Path;
import java.time.Duration;

/// `OperatorBenchmarks OPERATOR_JAR AUDIT_LOG throughput|pace|runs|waves|restart [NUMBER [SECONDS]]`, which
/// `operator/benchmarks/run` starts; SECONDS are for `runs` alone.
public final class OperatorBenchmarks {
    private OperatorBenchmarks() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3)
            throw new IllegalArgumentException("say: OPERATOR_JAR AUDIT_LOG BENCHMARK [NUMBER [SECONDS]]");
        Path operator = Path.of(arguments[0]);
        AuditLog audit = new AuditLog(Path.of(arguments[1]));
        int number = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        Duration mean = arguments.length > 4 ? Duration.ofSeconds(Long.parseLong(arguments[4])) : Runs.MEAN;
        try (BenchmarkCluster cluster = new BenchmarkCluster()) {
            switch (arguments[2]) {
                case "throughput" -> new Throughput(cluster, operator, audit).run(number == 0 ? 1000 : number);
                case "pace" -> new PaceBenchmark(cluster, operator, audit).run(number == 0 ? 10 : number);
                case "runs" -> new Runs(cluster, operator, audit).run(number == 0 ? 200 : number, mean);
                case "waves" -> new Runs(cluster, operator, audit).waves(number == 0 ? 200 : number);
                case "restart" -> new Restart(cluster, operator, audit).run(number == 0 ? 5000 : number);
                default -> throw new IllegalArgumentException("there is no benchmark " + arguments[2]);
            }
        }
        System.exit(0); // the client's threads would keep it alive
    }
}
