"""What a command loads before it does anything."""
import re
import subprocess

from support.binary import BINARY, REPOSITORY, rescfg

# Which package of Debian 12 has a shared library; those of the C library are in every image.
PACKAGES = {"libcurl.so.4": "libcurl4"}
OF_THE_C_LIBRARY = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"}


def test_no_command_but_run_needs_libcurl(tmp_path):
    """The dynamic loader stops a program linked with an empty library; a program that opens it later starts."""
    (tmp_path / "libcurl.so.4").touch()
    rescfg("--version", environment={"LD_LIBRARY_PATH": str(tmp_path)}).succeeded()


def needed():
    dynamic = subprocess.run(["readelf", "--dynamic", "--wide", BINARY], check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic))


def test_image_has_the_libraries_of_the_binary():
    """Linked are those of the C library alone; the image's last stage installs what the binary opens by name."""
    assert needed() <= OF_THE_C_LIBRARY
    opened = set(re.findall(rb"\0(lib[a-z]+\.so\.[0-9]+)\0", BINARY.read_bytes()))
    last_stage = (REPOSITORY / "Dockerfile").read_text().rsplit("\nFROM ", 1)[1]
    installed = set(re.search(r"--no-install-recommends (.*?) \\\n", last_stage)[1].split())
    libraries = {name.decode() for name in opened} - OF_THE_C_LIBRARY
    assert libraries == set(PACKAGES), "another library is opened by name: which package has it?"
    assert {PACKAGES[name] for name in libraries} <= installed
    assert not {package for package in installed if package.startswith("lib")} - set(PACKAGES.values())
