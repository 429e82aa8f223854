extension Settings {
  package static let seriesPerNode = Setting(
    "load.series_per_node",
    default: 20_000,
    in: 1...10_000_000,
    unit: "series",
    "Series scraped on one node",
    source: "ours"
  )
  package static let scrapeInterval = Setting(
    "load.scrape_interval",
    default: "15s",
    in: "1s"..."10m",
    "How often each target is scraped",
    source: "ours"
  )
  package static let nodes = Setting(
    "load.nodes",
    default: 10,
    in: 1...100_000,
    unit: "nodes",
    "Nodes of the cluster; replicas of the agent where storage.kind is statefulSetPVC",
    source: "spec: Cost Considerations"
  )

  static let load = [seriesPerNode.info, scrapeInterval.info, nodes.info]
}
