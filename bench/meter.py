"""Runs a command to its end and prints, as JSON, its exit code and what it took; itself small and started anew.

A child's peak of memory begins at that of the process that forked it: only a small one can measure a small one.
"""

import json
import os
import subprocess
import sys
import time

began = time.perf_counter()
started = subprocess.Popen(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.DEVNULL)
_, status, used = os.wait4(started.pid, 0)
wall = time.perf_counter() - began
started.returncode = os.waitstatus_to_exitcode(status)
cost = {"code": started.returncode, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1000}
sys.stdout.write(json.dumps(cost))
