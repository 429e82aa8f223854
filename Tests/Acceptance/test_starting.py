"""What a command loads before it does anything."""
from support.binary import rescfg


def test_no_command_but_run_needs_libcurl(tmp_path):
    """The dynamic loader stops a program linked with an empty library; a program that opens it later starts."""
    (tmp_path / "libcurl.so.4").touch()
    rescfg("--version", environment={"LD_LIBRARY_PATH": str(tmp_path)}).succeeded()
