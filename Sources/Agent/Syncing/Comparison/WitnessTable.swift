/// Witnesses by number, so that what is remembered of them needs no labels.
struct WitnessTable {
  private var numbers: [Witness: Int] = [:]
  private(set) var witnesses: [Witness] = []

  var count: Int { witnesses.count }

  subscript(number: Int) -> Witness { witnesses[number] }

  mutating func number(of witness: Witness) -> Int {
    if let number = numbers[witness] { return number }
    numbers[witness] = witnesses.count
    witnesses.append(witness)
    return witnesses.count - 1
  }
}
