import Glibc
import Output

/// Standard output or error. Output carries data and every failure to write it ends the command; error carries messages
/// for people, and who doesn't listen misses them.
struct StandardStream {
  static let output = StandardStream(number: 1)
  static let error = StandardStream(number: 2)

  private let number: Int32

  /// To be called once, before any file is opened.
  static func prepare() {
    // A reader that goes away is an error of write(2), so that files are never left half way through.
    signal(SIGPIPE, SIG_IGN)
    // A file opened later would take the number of a stream that is closed, and our data. In its place goes something
    // that can't be written (or read), so that using it fails as it would have.
    for number in 0...2 as ClosedRange<Int32> where fcntl(number, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  var isTerminal: Bool { isatty(number) == 1 }

  /// Columns of the terminal; `COLUMNS` says more, as with ls(1), and 80 is what is left where nobody says.
  var width: Int {
    if let text = Variables.text("COLUMNS"), let width = Int(text), width > 0 { return width }
    var size = winsize()
    let told = unsafe ioctl(number, UInt(TIOCGWINSZ), &size)
    return told == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  func write(_ bytes: [UInt8]) throws(OutputClosed) {
    do throws(FileError) {
      try writeAll(bytes, to: number, named: "standard output")
    } catch {
      throw OutputClosed(code: error.code)
    }
  }

  func write(_ text: String) throws(OutputClosed) { try write(Array(text.utf8)) }

  func tell(_ text: String) {
    do throws(OutputClosed) { try write(text) } catch {}
  }
}

/// Standard output takes no more.
struct OutputClosed: Error {
  let code: Int32

  /// A reader that has seen enough is no reason to say anything; everything else is.
  var status: ExitStatus {
    if code == EPIPE { return .brokenPipe }
    StandardStream.error.tell("error: \(FileError(.write, "standard output", code).description)\n")
    return .failure
  }
}
