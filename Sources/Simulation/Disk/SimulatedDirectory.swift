/// Files by name, in the order of their names.
struct SimulatedDirectory {
  private(set) var entries: [(name: String, file: SimulatedFile)] = []

  subscript(name: String) -> SimulatedFile? {
    get {
      let place = place(of: name)
      return place < entries.count && entries[place].name == name ? entries[place].file : nil
    }
    set {
      let place = place(of: name)
      let isThere = place < entries.count && entries[place].name == name
      switch (isThere, newValue) {
      case (true, let file?): entries[place].file = file
      case (true, nil): entries.remove(at: place)
      case (false, let file?): entries.insert((name, file), at: place)
      case (false, nil): break
      }
    }
  }

  /// Of the first entry that doesn't come before.
  private func place(of name: String) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
