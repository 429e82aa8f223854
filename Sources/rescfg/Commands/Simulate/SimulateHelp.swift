/// What `--help` says of `simulate` beyond the flags.
enum SimulateHelp {
  static let text = """
    EXAMPLES
      rescfg simulate --env prod --outage 6h
      rescfg simulate --env prod --outage 24h --nodes 200 --assert 'loss==0' --assert 'drain<1h'
      rescfg simulate --env prod --pattern node-restarts --report rehearsal.html
      rescfg simulate --env prod --schedule faults.txt --format json

    What decides is the agent's own code. Disk, network, clock and centre are simulated: docs/simulate.md says how.

    PATTERNS
      single          the whole fleet is cut off once
      flapping        two minutes away, two minutes there
      per-node        one node after the other
      brown-out       40 % of requests answered with 503, 40 % of the rest with 429
      central-restart the centre is away, and has forgotten its last ten minutes
      node-restarts   cut off, and meanwhile each agent is killed; one in four loses power

    ASSERTIONS compare a number of the report with ==, !=, <, <=, > or >=: loss==0, peak_disk<10Gi, time_to_fresh<30s, \
    drain<1h, peak_samples<2M.

    A SCHEDULE has a fault a line: when, how long, what, on which nodes.
      10m 6h partition how=silent nodes=30%
      2h 40s kill node=3

    YEARS of nodes, --years 100, are spent on random fleets with random faults, which need no model: a search for a broken promise. \
    docs/simulate.md says what a node-year is.

    With collector: prometheus-only a model of Prometheus' own rules runs in place of the agent: its log's cuts, and restarts that \
    send nothing of what was before.

    EXIT STATUS
      0  it came to what was asserted
      1  it did not, or something was lost that no ledger knows of
      2  wrong usage, or bad input
    """
}
