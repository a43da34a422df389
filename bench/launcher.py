"""`python bench/launcher.py FILE COMMAND …`: runs a command and writes into the file what it took: seconds, of the processor, MB.

A process counts as its own what whoever started it held in RAM at that moment; this one holds next to nothing.
"""

import json
import os
import resource
import subprocess
import sys
import time


def main() -> int:
    told, *command = sys.argv[1:]
    began = time.perf_counter()
    status = subprocess.call(command)  # what the bench was given
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(told, "w", encoding="utf-8") as file:  # noqa: PTH123  # pathlib alone would hold more
        json.dump([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], file)
    return os.EX_OK if status == 0 else status


if __name__ == "__main__":
    sys.exit(main())
