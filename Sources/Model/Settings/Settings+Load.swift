extension Settings {
  public static let seriesPerNode = Setting(
    "load.series_per_node",
    default: 20_000,
    in: 1...10_000_000,
    unit: "series",
    "Series scraped on one node",
    source: "ours"
  )
  public static let scrapeInterval = Setting(
    "load.scrape_interval",
    default: "15s",
    in: "1s"..."10m",
    "How often each target is scraped",
    source: "ours"
  )
  public static let nodes = Setting(
    "load.nodes",
    default: 10,
    in: 1...100_000,
    unit: "nodes",
    "Nodes of the cluster; replicas of the agent where storage.kind is statefulSetPVC",
    source: "spec: Cost Considerations"
  )
  public static let diskBytesPerSample = Structural(
    "load.disk_bytes_per_sample",
    .number(0.05...100),
    default: 1.5,
    "Bytes that a sample takes on the queue's disk: 0.75 to 1.15 were measured of node metrics, 1.88 where a tenth of the series are new at each scrape",
    source: "ours: docs/performance-spool.md"
  )
  public static let wireBytesPerSample = Structural(
    "load.wire_bytes_per_sample",
    .number(0.5...1000),
    default: 25.0,
    "Bytes that a sample takes on its way to the centre, with the three labels that every agent adds",
    source: "ours: measured, docs/plan.md"
  )

  static let load = [
    seriesPerNode.info, scrapeInterval.info, nodes.info, diskBytesPerSample.info, wireBytesPerSample.info,
  ]
}
