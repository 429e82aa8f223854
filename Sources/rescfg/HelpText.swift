/// What `--help` says beyond the flags.
enum HelpText {
  static let root = """
    EXAMPLES
      rescfg init                                   write a model to begin with
      rescfg check                                  what is wrong with it
      rescfg render --env prod --out out/           every artifact, as files
      rescfg render --env prod | tar -xC out/       the same through a pipe
      rescfg explain survive --env prod             a value, its origin, its places
      rescfg plan --env prod                        how long it survives, and what it takes

    Shells cannot redirect to a directory: 'rescfg render --env prod > out/' fails before rescfg runs.

    EXIT STATUS
      0  fine
      1  findings of 'check', differences of 'diff' and 'render --check'
      2  wrong usage, bad input, or a file that can't be read or written

    ENVIRONMENT
      Every flag is also a variable, named in brackets; the flag wins.
      NO_COLOR turns colour off.
    """

  static let render = """
    EXAMPLES
      rescfg render --env prod --out out/
      rescfg render --env prod | tar -xC out/
      rescfg render --env prod > prod.tar
      rescfg render --env prod --format yaml | kubectl diff -f -
      rescfg render --env all --out 'out/{env}'
      rescfg render --env prod --only prometheus,grafana --out out/
      rescfg render --env prod --check --out golden/prod

    Shells cannot redirect to a directory: 'rescfg render --env prod > out/' fails before rescfg runs.

    Without --out, a terminal gets a list of the files, and anything else a tar archive, the same to the byte each time.

    With --out, files are replaced one by one, each at once. Files of rescfg's that are no longer rendered are removed, as \
    \(manifest) in the directory tells; a file that was edited, or is not rescfg's, is an error unless --force is given. \
    Nothing else is ever deleted.

    EXIT STATUS
      0  written; with --check, nothing differs
      1  with --check, something differs
      2  wrong usage, bad input, a file in the way: nothing was written
    """

  static let runAgent = """
    EXAMPLES
      rescfg run agent --env prod
      rescfg run agent --config laptop.yaml --data ./queue --listen 127.0.0.1:9090

    Runs until SIGTERM, which it obeys within seconds whatever the centre does: what is queued is on disk and is sent after \
    the next start. SIGHUP reads the model again; a bad model changes nothing.

    At --listen: /metrics, /-/healthy, /-/ready, /api/v1/status, /api/v1/ledger, /api/v1/gaps, and POST /-/sync, which \
    begins a comparison with the centre. At --receive: POST /api/v1/write, \
    which takes remote write 1.0 and 2.0, and POST /-/reload.

    EXIT STATUS
      0  stopped by a signal
      2  it could not start: bad model, directory in use, address in use
    """

  static let runDetector = """
    EXAMPLES
      rescfg run detector --env prod
      rescfg run detector --config laptop.yaml --agents localhost:9090 --events ./events.log --listen 127.0.0.1:9190

    Every detector.check_interval it asks the centre for its health, posts it a write request without samples, and asks each \
    agent for its state. Changes are lines of JSON in the event log and on standard output; in a cluster also Events, and the \
    ConfigMap network-partition-state has the state. When a path to the centre is back, agents are asked to look for gaps.

    At --listen: /metrics, /-/healthy, /-/ready, /api/v1/status. Runs until SIGTERM; SIGHUP reads the model again.

    EXIT STATUS
      0  stopped by a signal
      2  it could not start: bad model, event log that can't be written, address in use
    """

  static let drillPartition = """
    EXAMPLES
      rescfg drill partition --env prod --duration 5m
      kubectl exec -n observability <agent-pod> -c rescfg -- rescfg drill partition --config /etc/rescfg/rescfg.yaml

    The agent treats its centre as unreachable for that long; nothing else of the network is touched, and samples are kept as \
    in any partition. The cut ends by itself, also where this command is killed. The model must say drills.enabled: true, \
    and the order is taken on the agent's loopback listener only.

    EXIT STATUS
      0  everything held: times as the model's figures promise, nothing lost
      1  something did not; the report says what
      2  no drill was begun, or the agent did not answer
    """

  static let runSync = """
    EXAMPLES
      rescfg run sync --env prod
      rescfg run sync --agents 127.0.0.1:9090 --format json

    Each agent compares what it delivered with what the centre answers to queries, and sends again what is missing there, within \
    bounds of its own. This command begins that, waits, looks for what was refilled at the centre, and reports. It may run twice at \
    the same time: both wait for the same comparisons.

    EXIT STATUS
      0  the centre has all that could be compared
      1  gaps remain; the report says which and why
      2  an agent couldn't be asked or couldn't compare, or there is none; wrong usage, bad model
    """

  private static let manifest = ".rescfg-manifest.json"

  static let check = """
    EXAMPLES
      rescfg check
      rescfg check --env prod
      rescfg check --format sarif > rescfg.sarif

    The report is on standard output. What keeps a model from being read is an error, and in text on standard error.

    EXIT STATUS
      0  nothing found, notes aside
      1  contradictions, which 'render' refuses, or warnings; with --exit-zero, 0
      2  wrong usage, or bad input: keys, types, units, bounds
    """

  static let diff = """
    EXAMPLES
      rescfg diff --env prod out/
      rescfg diff --env prod out/ | patch -p1 -d out/

    EXIT STATUS
      0  no differences
      1  differences
      2  wrong usage, bad input, or a directory that can't be read
    """

  static let explain = """
    EXAMPLES
      rescfg explain
      rescfg explain remote_write_max_backoff --env prod
      rescfg explain collector --format json

    For a choice, such as collector, also the files that another choice would change.
    """

  static let plan = """
    EXAMPLES
      rescfg plan --env prod
      rescfg plan --env all                         environments side by side
      rescfg plan --env prod --outage 3d --nodes 200
      rescfg plan --env prod --chart prod.svg
      rescfg plan --env prod --format json

    All figures are arithmetic on the model; each is printed with the settings it follows from. Nothing is measured and nothing is \
    asked. 'rescfg check' uses the same arithmetic.

    EXIT STATUS
      0  no sample is lost in a partition of --outage
      1  some are
      2  wrong usage, bad input, or a file that can't be written
    """

  static let schema = """
    EXAMPLES
      rescfg schema > rescfg.schema.json

    For completion and checks while typing, begin the model with:
      # yaml-language-server: $schema=rescfg.schema.json
    """

  static let initial = """
    EXAMPLES
      rescfg init
      rescfg init metrics/rescfg.yaml
      rescfg init - | less

    An existing file is never overwritten.
    """

  static let completion = """
    EXAMPLES
      rescfg completion bash > /etc/bash_completion.d/rescfg
      rescfg completion zsh > "${fpath[1]}/_rescfg"
      rescfg completion fish > ~/.config/fish/completions/rescfg.fish
    """
}
