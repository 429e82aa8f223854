import Document
import Testing

@Suite struct TextTests {
  private let hole: Term<String, Formula> = .hole(.value(.text("v")), from: ["b"])

  @Test func neighbouringLiteralsAreOnePiece() {
    var text: Text<Never> = "a"
    text.append("b")
    text.append(Text(pieces: [.literal("c"), .literal(""), .literal("d")]))
    #expect(text.pieces == [.literal("abcd")])
    #expect((Text<Never>("") + "").isEmpty)
  }

  @Test func appendingKeepsCopiesApart() {
    let first: Text<Never> = "a"
    var second = first
    second.append("b")
    #expect(first.string == "a")
    #expect(second.string == "ab")
  }

  @Test func interpolationMakesSlots() {
    let text: Text<Never> =
      "\(1)-\(Term<Int, Never>.known(2, from: ["two"]))-\(Term<Bool, Never>.known(true))-\(Term<Double, Never>.known(0.5))"
    #expect(text.string == "1-2-true-0.5")
    #expect(text.origins == ["two"])
    #expect(text.contains(.number))
    #expect(!text.contains(.arbitrary))
  }

  @Test func aTextIsOneTermAroundItsHoles() {
    let known: Term<String, Formula> = .known("k", from: ["a"])
    let text: Text<Formula> = "<\(known)|\(hole)|\(known)>"
    #expect(text.hasHoles)
    #expect(text.term.origins == ["a", "b"])
    #expect(text.filled == "<k|v|k>")
    guard case .hole(let formula) = text.term.content else {
      Issue.record("a text with a hole is a hole")
      return
    }
    #expect(formula.filled == "<k|v|k>")
    #expect(Text(hole, .arbitrary).term == hole)
    #expect(Text<Formula>("<\(known)>").term == .known("<k>", from: ["a"]))
  }

  @Test func hashesFollowContents() {
    #expect(Text<Never>("abc").contentHash.string == "ba7816bf8f")
  }
}

@Suite struct TermTests {
  @Test func originsAreSortedAndDistinct() {
    #expect(Origins(["b", "a", "b"]).names == ["a", "b"])
    #expect((["b"] as Origins).union(["a", "b"]).names == ["a", "b"])
  }

  @Test func knownValuesCompute() {
    let two: Term<Int, Never> = .known(2, from: ["two"])
    #expect((two * 3 - 1).value == 5)
    #expect((two < 3).choosing(Term<Int, Never>.known(1, from: ["one"]), else: two).origins == ["one", "two"])
    #expect(Term<Double, Never>.known(-0.5).floor.value == -1)
    #expect((!Term<Bool, Never>.known(true)).value == false)
  }
}
