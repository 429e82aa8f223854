/// The alerts that the agent and the detector raise themselves.
extension Metric {
  public static let alertsFiring = own(
    "alerts_firing",
    .gauge,
    "Alerts that this program raises and that fire, by name",
    labels: ["alertname"],
    from: .detector
  )
  public static let alertNotifications = own(
    "alert_notifications_total",
    .counter,
    "Messages to an Alertmanager, by what became of them",
    labels: ["url", "result"],
    from: .detector
  )

  static let alerts: [Metric] = [alertsFiring, alertNotifications]
}
