"""How much memory a process may have, and had."""
import os
import warnings
from contextlib import contextmanager
from pathlib import Path


def peak_bytes(pid):
    """The most that was resident at any moment since the program was loaded (VmHWM, proc(5))."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) << 10
    raise AssertionError(f"process {pid} has ended")


class Group:
    """A memory cgroup, of the first or the second interface; or none, where the machine allows none."""

    def __init__(self, folder=None):
        self.folder = folder

    def join(self):
        """For a child that is about to become the program."""
        if self.folder:
            (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def kills(self):
        if not self.folder:
            return 0
        for name in "memory.oom_control", "memory.events":
            if (self.folder / name).exists():
                words = dict(line.split() for line in (self.folder / name).read_text().splitlines())
                return int(words["oom_kill"])
        raise AssertionError(f"{self.folder} doesn't say whether it killed")


def limited(limit):
    """A new group with that limit, or the reason why there is none."""
    for parent, name in (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"), (Path("/sys/fs/cgroup"), "memory.max"):
        folder = parent / f"rescfg-test-{os.getpid()}"
        try:
            folder.mkdir()
        except OSError:
            continue
        try:
            (folder / name).write_text(str(limit))
            return Group(folder)
        except OSError:
            folder.rmdir()
    return None


@contextmanager
def memory_group(limit):
    """What joins it gets no more than `limit` bytes: the kernel ends it at the next one. Where no group can be made, the peak alone judges."""
    group = limited(limit)
    if group is None:
        print("no memory cgroup can be made here: the peak of the process is judged alone")
        warnings.warn("no memory cgroup can be made here: the peak of the process is judged alone", stacklevel=3)
        group = Group()
    try:
        yield group
    finally:
        if group.folder:
            group.folder.rmdir()
