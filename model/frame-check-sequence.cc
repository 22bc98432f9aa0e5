/* SPDX-License-Identifier: GPL-2.0-only */

#include "frame-check-sequence.h"

#include <array>

namespace ns3
{
namespace keepalive
{

namespace
{

// The polynomials of RFC 1662 appendix C, bits reversed, since the low bit is sent first.
constexpr uint32_t POLYNOMIAL_16 = 0x8408;     //!< x^16 + x^12 + x^5 + 1
constexpr uint32_t POLYNOMIAL_32 = 0xedb88320; //!< x^32 + x^26 + ... + 1

// What is left of a frame with its right sequence, the same for all of them.
constexpr uint32_t GOOD_16 = 0xf0b8;     //!< PPPGOODFCS16 of RFC 1662 appendix C.2
constexpr uint32_t GOOD_32 = 0xdebb20e3; //!< PPPGOODFCS32 of RFC 1662 appendix C.3

constexpr uint32_t MASK_16 = 0xffff; //!< the register of FCS-16

/// What each byte does to the register.
using FcsTable = std::array<uint32_t, 256>;

/**
 * @brief Compute a table, at compile time.
 * @param polynomial the polynomial, bits reversed
 * @return the table
 */
constexpr FcsTable
MakeFcsTable(uint32_t polynomial)
{
    FcsTable table{};
    for (uint32_t byte = 0; byte < 256; byte++)
    {
        uint32_t value = byte;
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
        }
        table[byte] = value;
    }
    return table;
}

constexpr FcsTable TABLE_16 = MakeFcsTable(POLYNOMIAL_16); //!< for FCS-16
constexpr FcsTable TABLE_32 = MakeFcsTable(POLYNOMIAL_32); //!< for FCS-32

constexpr uint32_t ROW = 5; //!< 1s in a row behind which a 0 is inserted

/// For each length of the row of 1s before a byte, and each byte: 8 * bits inserted + row after it.
using StuffingTable = std::array<std::array<uint8_t, 256>, ROW>;

/**
 * @brief Compute the table, at compile time.
 * @return the table
 */
constexpr StuffingTable
MakeStuffingTable()
{
    StuffingTable table{};
    for (uint32_t before = 0; before < ROW; before++)
    {
        for (uint32_t byte = 0; byte < 256; byte++)
        {
            uint32_t row = before;
            uint32_t inserted = 0;
            for (int bit = 0; bit < 8; bit++)
            {
                row = ((byte >> bit) & 1) != 0 ? row + 1 : 0;
                if (row == ROW)
                {
                    inserted++;
                    row = 0; // the 0 inserted ends the row
                }
            }
            table[before][byte] = static_cast<uint8_t>(8 * inserted + row);
        }
    }
    return table;
}

constexpr StuffingTable STUFFING = MakeStuffingTable(); //!< for CountStuffedBits

} // namespace

FrameCheckSequence::FrameCheckSequence(FcsType type)
    : m_type(type)
{
}

void
FrameCheckSequence::Add(const uint8_t* data, std::size_t size)
{
    if (m_type == FCS_NONE)
    {
        return;
    }
    const FcsTable& table = m_type == FCS_16 ? TABLE_16 : TABLE_32;
    uint32_t value = m_type == FCS_16 ? m_register & MASK_16 : m_register;
    for (std::size_t i = 0; i < size; i++)
    {
        value = (value >> 8) ^ table[(value ^ data[i]) & 0xff];
    }
    m_register = value;
}

uint32_t
FrameCheckSequence::Get() const
{
    switch (m_type)
    {
    case FCS_NONE:
        break;
    case FCS_16:
        return ~m_register & MASK_16;
    case FCS_32:
        return ~m_register;
    }
    return 0;
}

bool
FrameCheckSequence::IsGood() const
{
    switch (m_type)
    {
    case FCS_NONE:
        break;
    case FCS_16:
        return (m_register & MASK_16) == GOOD_16;
    case FCS_32:
        return m_register == GOOD_32;
    }
    return true;
}

uint32_t
GetFcsSize(FcsType type)
{
    switch (type)
    {
    case FCS_NONE:
        break;
    case FCS_16:
        return 2;
    case FCS_32:
        return 4;
    }
    return 0;
}

uint32_t
ComputeFcs(FcsType type, const uint8_t* data, std::size_t size)
{
    FrameCheckSequence sequence(type);
    sequence.Add(data, size);
    return sequence.Get();
}

bool
CheckFcs(FcsType type, const uint8_t* data, std::size_t size)
{
    FrameCheckSequence sequence(type);
    sequence.Add(data, size);
    return size >= GetFcsSize(type) && sequence.IsGood();
}

void
AppendFcs(FcsType type, std::vector<uint8_t>& frame)
{
    uint32_t sequence = ComputeFcs(type, frame.data(), frame.size());
    for (uint32_t i = 0; i < GetFcsSize(type); i++)
    {
        frame.push_back(static_cast<uint8_t>(sequence & 0xff));
        sequence >>= 8;
    }
}

uint32_t
CountStuffedBits(const uint8_t* data, std::size_t size)
{
    uint32_t inserted = 0;
    uint32_t row = 0; // the flag before the frame ends in a 0
    for (std::size_t i = 0; i < size; i++)
    {
        const uint8_t entry = STUFFING[row][data[i]];
        inserted += entry >> 3;
        row = entry & 7;
    }
    return inserted;
}

} // namespace keepalive
} // namespace ns3
