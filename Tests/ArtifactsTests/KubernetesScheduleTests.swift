import Document
import Model
import Testing

/// The sync job's schedule against its setting, by another reading of cron's fields.
@Suite struct KubernetesScheduleTests {
  /// The minutes of a day at which `M H * * *` fires.
  private func firingMinutes(_ schedule: String) throws -> [Int] {
    let fields = schedule.split(separator: " ").map(String.init)
    try #require(fields.count == 5 && fields[2...].allSatisfy { $0 == "*" })
    func values(_ field: String, below end: Int) throws -> [Int] {
      if field == "*" { return Array(0..<end) }
      if field.hasPrefix("*/") {
        let step = try #require(Int(field.dropFirst(2)))
        try #require((1..<end).contains(step), "cron takes no longer step")
        return Array(stride(from: 0, to: end, by: step))
      }
      let value = try #require(Int(field))
      try #require((0..<end).contains(value))
      return [value]
    }
    let minutes = try values(fields[0], below: 60)
    return try values(fields[1], below: 24).flatMap { hour in minutes.map { hour * 60 + $0 } }
  }

  @Test(arguments: Settings.evenIntervals)
  func firesEveryInterval(_ minutes: Int) throws {
    let manifests = Manifests(KubernetesCase(changed: ["metrics_sync_interval": .integer(minutes)]))
    let job = try #require(manifests.one("CronJob", "metrics-sync")?["spec"])
    let times = try firingMinutes(#require(job["schedule"]?.string))
    #expect(times == Array(stride(from: 0, to: 1440, by: minutes)))

    let deadline = try #require(job["jobTemplate", "spec", "activeDeadlineSeconds"]?.string.flatMap { Int($0) })
    #expect(deadline > 0 && deadline < minutes * 60)
    #expect(job["concurrencyPolicy"]?.string == "Forbid")
    #expect(job["timeZone"]?.string == "Etc/UTC")
  }
}
