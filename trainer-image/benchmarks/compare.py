"""Runs our benchmark and the baseline in turn, so that a machine's moods hit both, and prints the ratios.

    python compare.py [--rounds 3] [--rows rows.jsonl] -- step --shape tiny --batch 32

What stands behind `--` goes to both sides. Ratios are ours to theirs: below 1 is faster. PYTHON (default: this
interpreter) needs torch and transformers.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command):
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in finished.stdout.splitlines() if line.startswith("{")]


def processor(ours, theirs):
    """Where both sides tell their processor time: on a machine that others use, too, it says more than the clock."""
    if not all("cpu_ms" in row for row in ours + theirs):
        return {}
    least = [min(row["cpu_ms"] for row in side) for side in (ours, theirs)]
    return {"ours_cpu_ms": least[0], "theirs_cpu_ms": least[1], "ratio_cpu": round(least[0] / least[1], 3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", help="file to append all rows to")
    parser.add_argument("--ours", default="", help="arguments for our side alone")
    parser.add_argument("benchmark", nargs=argparse.REMAINDER)
    o = parser.parse_args()
    arguments = [a for a in o.benchmark if a != "--"]
    ours, theirs = [], []
    for _ in range(o.rounds):
        ours += run([os.path.join(HERE, "run"), *arguments, *o.ours.split()])
        theirs += run([os.environ.get("PYTHON", sys.executable), os.path.join(HERE, "baseline.py"), *arguments])
    if o.rows:
        with open(o.rows, "a") as rows:
            rows.writelines(json.dumps(row) + "\n" for row in ours + theirs)
    fastest = [min(row["min_ms"] for row in side) for side in (ours, theirs)]
    median = [statistics.median(row["median_ms"] for row in side) for side in (ours, theirs)]
    memory = [max(row["hwm_mb"] for row in side) for side in (ours, theirs)]
    rounds = [a["median_ms"] / b["median_ms"] for a, b in zip(ours, theirs)]
    print(json.dumps({
        "benchmark": " ".join(arguments), "rounds": o.rounds, "ours_min_ms": fastest[0], "theirs_min_ms": fastest[1],
        "ours_median_ms": median[0], "theirs_median_ms": median[1], "ratio_min": round(fastest[0] / fastest[1], 3),
        "ratio_median": round(median[0] / median[1], 3), "ratio_rounds": [round(r, 3) for r in rounds],
        "memory_ratio": round(memory[0] / memory[1], 3), **processor(ours, theirs)}), flush=True)


if __name__ == "__main__":
    main()
