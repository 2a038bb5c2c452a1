"""What the studies of several trainings share: running LesionJ, and a mean with its interval."""
import statistics
import subprocess
import sys

# two-sided 95 % quantiles of Student's t by degrees of freedom
T = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}


def output(*command):
    """What a program prints; the study ends with its message where it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def cell(values, sign="", digits=3):
    """Mean (95 % interval) over seeds, by Student's t."""
    mean = statistics.mean(values)
    half = T[len(values) - 1] * statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else float("nan")
    return f"{mean:{sign}.{digits}f} ({mean - half:{sign}.{digits}f} to {mean + half:{sign}.{digits}f})"
