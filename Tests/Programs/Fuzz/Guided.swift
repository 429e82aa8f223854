#if COVERAGE_GUIDED
  import Glibc

  /// The target that libFuzzer is let loose on; it asks with bytes alone.
  nonisolated(unsafe) private var guided = Target.text

  /// libFuzzer's name for what it calls.
  @c(LLVMFuzzerTestOneInput) func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    unsafe guided.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }

  @_silgen_name("LLVMFuzzerRunDriver") private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32

  /// Hands the rest of the command line to libFuzzer, which makes inputs by what of the program they reach.
  func searchByCoverage(_ target: Target) -> Never {
    unsafe guided = target
    // The target's name goes: the program's takes its place.
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv + 1
    unsafe CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
    var count = CommandLine.argc - 1
    exit(unsafe runDriver(&count, &arguments, testOneInput))
  }
#endif
