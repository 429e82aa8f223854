/// What a printer may assume about the characters of a slot, whatever its value turns out to be.
///
/// Printers decide on quoting by this and by the literal parts around, never by the value in a slot: the text that has
/// a value and the text that has a hole in its place must come out alike.
public enum SlotCharacters: Hashable, Sendable {
  /// An integer, a decimal number, `true` or `false`.
  case number
  /// A word such as `30s`: letters and digits, begins with a digit, ends in a letter, is no number in any format.
  case word
  /// A name, path, URL, address, image or quantity: letters, digits and `-._/:@~`, which mean themselves between the
  /// quotes of every format. Printed only between quotes, or on a line of a block; without, it might be a number.
  case name
  /// Anything. Printed only between quotes, escaped.
  case arbitrary
  /// One or more characters without a line break and without blanks at either end, already in the form that their place
  /// demands: part of a document inside a document.
  case verbatim

  /// Whether a value keeps the promise. A printer that has been told wrong must stop, as it would print the value
  /// outside quotes.
  func admits(_ value: String) -> Bool {
    let bytes = value.utf8
    return switch self {
    case .number:
      !bytes.isEmpty && bytes.allSatisfy { isASCIILetterOrDigit($0) || "+-.".utf8.contains($0) }
    case .word:
      bytes.first.map(isASCIIDigit) == true && bytes.last.map { !isASCIIDigit($0) } == true
        && bytes.allSatisfy(isASCIILetterOrDigit)
    case .name: !bytes.isEmpty && bytes.allSatisfy { isASCIILetterOrDigit($0) || "-._/:@~".utf8.contains($0) }
    case .arbitrary: true
    case .verbatim:
      if let first = bytes.first, let last = bytes.last {
        !isBlank(first) && !isBlank(last) && bytes.allSatisfy { !"\n\r".utf8.contains($0) }
      } else {
        false
      }
    }
  }
}

extension Term where Value == String {
  /// The term, after a check that its value is what `characters` promises.
  func checked(_ characters: SlotCharacters) -> Term {
    if case .known(let value) = content {
      precondition(characters.admits(value), "BUG: '\(value)' in a slot for \(characters)")
    }
    return self
  }
}

func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
func isASCIILetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a }
func isASCIILetterOrDigit(_ byte: UInt8) -> Bool { isASCIIDigit(byte) || isASCIILetter(byte) }
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
