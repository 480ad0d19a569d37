package dev.isogloss.operator.benchmarks;

import java.nio.file.Path;
import java.time.Duration;

/// `OperatorBenchmarks OPERATOR_JAR AUDIT_LOG throughput|pace|runs|waves|tables|idle|restart [NUMBER [SECOND]]`, which
/// `operator/benchmarks/run` starts; the second number is for `runs` and `restart` alone.
public final class OperatorBenchmarks {
    private OperatorBenchmarks() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3)
            throw new IllegalArgumentException("say: OPERATOR_JAR AUDIT_LOG BENCHMARK [NUMBER [SECOND]]");
        Path operator = Path.of(arguments[0]);
        AuditLog audit = new AuditLog(Path.of(arguments[1]));
        int number = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0;
        int second = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        Duration mean = second == 0 ? Runs.MEAN : Duration.ofSeconds(second);
        try (BenchmarkCluster cluster = new BenchmarkCluster()) {
            switch (arguments[2]) {
                case "throughput" -> new Throughput(cluster, operator, audit).run(number == 0 ? 1000 : number);
                case "pace" -> new PaceBenchmark(cluster, operator, audit).run(number == 0 ? 10 : number);
                case "runs" -> new Runs(cluster, operator, audit).run(number == 0 ? 200 : number, mean);
                case "waves" -> new Runs(cluster, operator, audit).waves(number == 0 ? 200 : number);
                case "tables" -> new Tables(cluster, operator, audit).run(number == 0 ? 100 : number);
                case "idle" -> new IdleDevices(cluster, operator).run(number == 0 ? 10 : number);
                case "restart" -> new Restart(cluster, operator, audit).run(number == 0 ? 5_555 : number, second);
                default -> throw new IllegalArgumentException("there is no benchmark " + arguments[2]);
            }
        }
        System.exit(0); // the client's threads would keep it alive
    }
}
