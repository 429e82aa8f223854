#ifndef CRC32C_H
#define CRC32C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor computes CRC-32C by itself.
bool crc32c_has_instruction(void);

/// Takes bytes into the state of a CRC-32C, which is the complement of its value. Only where the processor has the instruction.
uint32_t crc32c_absorb(uint32_t state, const uint8_t *bytes, size_t count);

#endif
