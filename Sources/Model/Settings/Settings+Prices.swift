extension Settings {
  public static let pricesDate = Structural(
    "prices.as_of",
    .text(.line),
    default: "2026-09",
    "Month and place that the prices are of, as 'rescfg plan' repeats them",
    source: "AWS list prices, us-east-1"
  )
  public static let storagePrice = Structural(
    "prices.storage_gib_month",
    .number(0...100),
    default: 0.08,
    "US dollars for a GiB of volume and month",
    source: "AWS list price: EBS gp3, us-east-1"
  )
  public static let transferPrice = Structural(
    "prices.transfer_gib",
    .number(0...100),
    default: 0.02,
    "US dollars for a GiB that crosses availability zones: a cent each for the side that sends and the one that receives",
    source: "AWS list price: data transfer within a region"
  )
  public static let crossZoneShare = Structural(
    "prices.cross_zone_share",
    .number(0...1),
    default: 0.67,
    "Share of the samples that reach the centre from another availability zone: two thirds with nodes in three zones",
    source: "ours"
  )

  static let prices = [pricesDate.info, storagePrice.info, transferPrice.info, crossZoneShare.info]
}
