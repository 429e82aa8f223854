/// The version of this program, in `--version` and in the manifest of everything it writes.
let toolVersion = "0.1.0"
