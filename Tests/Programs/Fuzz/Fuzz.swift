import Agent
import Glibc

/// Feeds one reader with inputs made of a corpus until time is up, and stops at the first that breaks a rule or the program.
///
///     Fuzz TARGET --corpus DIRECTORY [--corpus DIRECTORY] [--seconds N] [--seed N] [--runs N] [--careful FILE]
///     Fuzz TARGET --run FILE
///     Fuzz TARGET --words
///
/// The corpus itself comes first. The same seed gives the same inputs; with --careful each is written to FILE before it is tried, so that
/// the one that ended the program is there. With --words: the target's pieces, as a dictionary for libFuzzer. Built with COVERAGE_GUIDED
/// (scripts/fuzz.sh), it is libFuzzer that makes the inputs, and the flags are libFuzzer's.
@main struct Fuzz {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let name = arguments.first, let target = Target(rawValue: name) else {
      stop("usage: Fuzz \(Target.allCases.map(\.rawValue).joined(separator: "|")) [flags]")
    }
    func options(_ flag: String) -> [String] {
      arguments.indices.dropLast().filter { arguments[$0] == flag }.map { arguments[$0 + 1] }
    }
    if arguments.contains("--words") {
      for word in target.words { print(dictionaryEntry(word)) }
      return
    }
    #if COVERAGE_GUIDED
      searchByCoverage(target)
    #else
      searchAtRandom(target, options)
    #endif
  }

  private static func searchAtRandom(_ target: Target, _ options: (String) -> [String]) {
    if let file = options("--run").first {
      guard let bytes = read(file) else { stop("\(file) can't be read") }
      target.run(bytes)
      return
    }
    let corpus = options("--corpus").flatMap(files)
    guard !corpus.isEmpty else { stop("the corpus is empty") }
    let seconds = options("--seconds").first.flatMap { Int($0) } ?? 10
    let runs = options("--runs").first.flatMap { Int($0) } ?? .max
    let seed = options("--seed").first.flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)
    print("target=\(target.rawValue) seed=\(seed) corpus=\(corpus.count)")
    fflush(nil)
    let careful = options("--careful").first
    var mutator = Mutator(corpus: corpus, dictionary: target.words, seed: seed)
    let deadline = time(nil) + seconds
    var count = 0
    while count < runs {
      let input = count < corpus.count ? corpus[count] : mutator.next()
      if let careful { write(input, to: careful) }
      target.run(input)
      count += 1
      if count % 64 == 0, time(nil) >= deadline { break }
    }
    print("target=\(target.rawValue) runs=\(count)")
  }

  /// A word in quotes, each byte in hexadecimal.
  private static func dictionaryEntry(_ word: String) -> String {
    let bytes = word.utf8.map { byte in (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16) }
    return "\"" + bytes.joined() + "\""
  }

  static func stop(_ message: String) -> Never {
    print(message)
    exit(2)
  }

  private static func files(_ directory: String) -> [[UInt8]] {
    guard let stream = unsafe opendir(directory) else { stop("\(directory) can't be read") }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().compactMap { read("\(directory)/\($0)") }
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = unsafe fopen(path, "w") else { stop("\(path) can't be written") }
    unsafe fwrite(bytes, 1, bytes.count, file)
    unsafe fclose(file)
  }
}
