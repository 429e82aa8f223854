import Agent
import Glibc

extension ProcessSnapshot {
  /// What the kernel says of this process (proc(5)). A figure that can't be had stays 0.
  static func read() -> ProcessSnapshot {
    var snapshot = ProcessSnapshot()
    let pageByteCount = UInt64(sysconf(Int32(_SC_PAGESIZE)))
    let ticksPerSecond = Int64(sysconf(Int32(_SC_CLK_TCK)))
    let sizes = numbers("/proc/self/statm")
    if sizes.count >= 2 {
      snapshot.virtualBytes = UInt64(sizes[0]) * pageByteCount
      snapshot.residentBytes = UInt64(sizes[1]) * pageByteCount
    }
    var usage = rusage()
    if unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 {
      snapshot.cpuMilliseconds = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
    }
    // The name, field 2, is in parentheses and may hold anything; field 22 is the 20th behind it.
    if let bytes = wholeFile("/proc/self/stat"), let end = bytes.lastIndex(of: UInt8(ascii: ")")) {
      let fields = bytes[bytes.index(after: end)...].split(separator: UInt8(ascii: " "))
      if fields.count >= 20, let ticks = Int64(String(decoding: fields[19], as: UTF8.self)) {
        snapshot.started = bootTime() + ticks * 1000 / ticksPerSecond
      }
    }
    snapshot.openFileCount = openFileCount()
    var limit = rlimit()
    if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      snapshot.openFileCountMax = UInt64(limit.rlim_cur)
    }
    return snapshot
  }

  private static func numbers(_ path: String) -> [Int64] {
    (wholeFile(path) ?? []).split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.compactMap {
      Int64(String(decoding: $0, as: UTF8.self))
    }
  }

  private static func milliseconds(_ time: timeval) -> Int64 { Int64(time.tv_sec) * 1000 + Int64(time.tv_usec) / 1000 }

  /// Milliseconds since 1970.
  private static func bootTime() -> Int64 {
    let now = MachineClock.read()
    var uptime = timespec()
    guard unsafe clock_gettime(CLOCK_BOOTTIME, &uptime) == 0 else { return now.wall - now.monotonic }
    return now.wall - Int64(uptime.tv_sec) * 1000 - Int64(uptime.tv_nsec) / 1_000_000
  }

  private static func openFileCount() -> UInt64 {
    guard let directory = unsafe opendir("/proc/self/fd") else { return 0 }
    defer { unsafe closedir(directory) }
    var count: UInt64 = 0
    while unsafe readdir(directory) != nil { count += 1 }
    // Without `.`, `..` and the one that reads.
    return count > 3 ? count - 3 : 0
  }
}
