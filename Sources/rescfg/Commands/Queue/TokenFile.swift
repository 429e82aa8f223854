import Model
import Output

/// A file with a secret that goes into a header.
enum TokenFile {
  static func read(_ path: String) throws(Stop) -> String {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path, limit: 65_536) } catch {
      throw Stop(.unreadableToken(path, error.reason))
    }
    let token = bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d || $0 == 0x20 }).first ?? []
    guard !token.isEmpty, token.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw Stop(.unreadableToken(path, "there is no token in it"))
    }
    return String(decoding: token, as: UTF8.self)
  }
}
