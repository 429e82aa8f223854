import Document
import Testing

@Suite struct JSONTests {
  @Test func prettyPrinted() {
    let share: Term<Double, Never> = .known(0.25, from: ["share"])
    let tree: Tree<Never> = [
      "title": "a \"b\" </script>", "share": .number(share), "text": "\(share) of it\n", "none": .null, "on": true,
      "empty": [[:], []], "targets": [["expr": "up", "step": 15]],
    ]
    let expected = #"""
      {
        "title": "a \"b\" \u003c/script\u003e",
        "share": 0.25,
        "text": "0.25 of it\n",
        "none": null,
        "on": true,
        "empty": [
          {},
          []
        ],
        "targets": [
          {
            "expr": "up",
            "step": 15
          }
        ]
      }

      """#
    #expect(json(tree).string == expected)
    #expect(json(tree).origins == ["share"])
  }
}
