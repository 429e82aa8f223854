/// What `--help` says of the queue's commands beyond the flags.
enum QueueHelp {
  static let group = """
    EXAMPLES
      rescfg queue ls /var/lib/rescfg                what is in it, and how far each destination is
      rescfg queue verify /var/lib/rescfg            every byte checked
      rescfg queue repair --write /var/lib/rescfg    what parity gives back, written back
      rescfg queue export /var/lib/rescfg            the samples
      rescfg queue replay /var/lib/rescfg --to http://127.0.0.1:9090/api/v1/write

    All but 'repair --write' only read, and do so while an agent runs.

    EXIT STATUS
      0  fine
      1  findings
      2  wrong usage, or a file that can't be read or written
    """

  static let list = """
    EXAMPLES
      rescfg queue ls /var/lib/rescfg
      rescfg queue ls --format json /var/lib/rescfg

    Reads the first and the last bytes of each sealed segment, and all of an open one. Times in JSON are milliseconds since 1970.
    """

  static let verify = """
    EXAMPLES
      rescfg queue verify /var/lib/rescfg
      rescfg queue verify --format json /var/lib/rescfg

    Each finding has its file and bytes, what it costs and what 'repair' does about it. Notes are normal in the life of a queue, such as a file \
    that ends within the record that a killed process was writing.

    EXIT STATUS
      0  nothing found, notes aside
      1  findings
      2  wrong usage, or a directory that can't be read
    """

  static let repair = """
    EXAMPLES
      rescfg queue repair /var/lib/rescfg            what would be done
      rescfg queue repair --write /var/lib/rescfg    done

    A damaged segment is written anew beside the old one, read back, and put in its place at once; the old one stays as NAME.damaged. \
    What can't be mended is left as it is: reading steps over it. The agent must be stopped, as --write takes the queue's lock.

    EXIT STATUS
      0  nothing to repair; with --write, all of it was repaired
      1  without --write, there is something to repair
      2  wrong usage, a queue in use, a file that can't be read or written
    """

  static let export = """
    EXAMPLES
      rescfg queue export /var/lib/rescfg
      rescfg queue export --from 2026-05-01T12:00:00Z --to 2026-05-01T13:00:00Z /var/lib/rescfg
      rescfg queue export --match 'up{job="node"}' --destination central /var/lib/rescfg
      rescfg queue export --format openmetrics /var/lib/rescfg > samples.txt

    In JSON, bits is the value's IEEE 754 pattern, which tells apart what a number can't: NaN payloads such as stale markers. Native histograms, \
    exemplars and metadata are hexadecimal, as the protobuf messages of remote write. OpenMetrics has the samples alone, in the order in which \
    they were collected.

    EXIT STATUS
      0  all of it
      1  some samples couldn't be read
      2  wrong usage, or a directory that can't be read
    """

  static let replay = """
    EXAMPLES
      rescfg queue replay --to http://127.0.0.1:9090/api/v1/write /var/lib/rescfg
      rescfg queue replay --to https://central.example/api/v1/write --rate 50000 --from 2026-05-01T12:00:00Z /var/lib/rescfg

    By remote write 1.0, oldest first. What a receiver answers with 429 or 5xx is sent again, with growing pauses; what it refuses is halved \
    until the samples to blame stand alone. Cursors stay as they are, so an agent sends what it has to all the same.

    EXIT STATUS
      0  all of it was taken
      1  the receiver refused some samples, or some couldn't be read
      2  wrong usage, or the receiver couldn't be had
    """
}
