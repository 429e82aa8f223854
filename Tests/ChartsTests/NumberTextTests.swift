import Charts
import Testing

@Suite struct NumberTextTests {
  @Test(
    arguments: [
      (0, "0"), (0.25, "250ms"), (1.5, "1.5s"), (45, "45s"), (59.6, "1m"), (60, "1m"), (90, "1m30s"), (3600, "1h"),
      (5400, "1h30m"), (3599.9, "1h"), (84_600, "23h30m"), (86_399, "1d"), (86_400, "1d"), (259_200, "3d"),
      (93_600, "1d2h"),
      (8_640_000, "100d"), (-90, "-1m30s"), (.infinity, "-"),
    ] as [(Double, String)]
  )
  func duration(seconds: Double, text: String) { #expect(durationText(seconds) == text) }

  @Test(
    arguments: [
      (0, "0", "0 B"), (1.5, "1.5", "1.5 B"), (999.4, "999", "999 B"), (1000, "1 k", "1000 B"),
      (1333, "1.33 k", "1.3 KiB"),
      (57_600_000, "57.6 M", "54.9 MiB"), (999_999, "1 M", "977 KiB"), (1_073_741_824, "1.07 G", "1 GiB"),
      (9.996e12, "10 T", "9.09 TiB"),
    ] as [(Double, String, String)]
  )
  func prefixes(value: Double, decimal: String, binary: String) {
    #expect(decimalText(value) == decimal)
    #expect(binaryText(value) == binary)
  }

  @Test(
    arguments: [
      (1.005, 1, "1.0", "1"), (1.25, 1, "1.3", "1.3"), (-0.04, 1, "0.0", "0"), (-2.5, 0, "-3", "-3"),
      (100, 2, "100.00", "100"), (0.075, 3, "0.075", "0.075"), (.nan, 1, "-", "-"), (1e15, 0, "-", "-"),
    ] as [(Double, Int, String, String)]
  )
  func fixed(value: Double, places: Int, text: String, short: String) {
    #expect(fixedText(value, places) == text)
    #expect(trimmed(value, places) == short)
  }

  @Test func unitsSayWhatTheyCount() {
    #expect(Unit.count("samples").text(1333) == "1.33 k samples")
    #expect(Unit.rate("samples").text(0.5) == "0.5 samples/s")
    #expect(Unit.bytesPerSecond.text(2048) == "2 KiB/s")
    #expect(Unit.share.text(0.805) == "80.5 %")
  }
}
