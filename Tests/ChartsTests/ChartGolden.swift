/// What a chart looks like in a terminal.
enum ChartGolden {
  static let terminal = """
    prod: a partition of 1h

    backlog, samples
     5 M ┤                            ⢀⣀⣀⡤⠤⠴⠒⠒⠒⠦⣄⣀
         │                  ⢀⣀⣀⡤⠤⠴⠒⠒⠋⠉⠉          ⠈⠙⠒⠦⣄⣀
         │        ⢀⣀⣀⡤⠤⠴⠒⠒⠋⠉⠉                         ⠈⠙⠒⠦⣄⣀
       0 ┤⣀⡤⠤⠴⠒⠒⠋⠉⠉                                        ⠈⠙⠒⠦⣄
    sent, samples/s   • fresh   × backlog
      ╌ drain_rate 3 k samples/s   the fleet's 900 k samples/s
     4 k ┤
     2 k ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌××××××××××××××××╌
         │                                    ×••••••••••••••••×
       0 ┤××××××××××××××××××××××××××××××××××××•
         └┬─────────────────┬─────────────────┬────────────────┬
          0                30m               1h
          ━━━━━━━━━━━━━ partition ━━━━━━━━━━━━━
                            ▲ RemoteWriteQueueFull fires, 30m

    """
}
