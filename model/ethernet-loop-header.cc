/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-loop-header.h"

#include "ns3/address-utils.h"
#include "ns3/log.h"

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveEthernetLoopHeader");

NS_OBJECT_ENSURE_REGISTERED(EthernetLoopHeader);

namespace
{

constexpr uint32_t SKIP_COUNT_SIZE = 2; //!< bytes
constexpr uint32_t FUNCTION_SIZE = 2;   //!< bytes

// ns-3 has these under names that change: all fields are little-endian.

/**
 * @brief Write a field.
 * @param at where; advanced behind it
 * @param value its value
 */
void
WriteField(Buffer::Iterator& at, uint16_t value)
{
    at.WriteU8(value & 0xff);
    at.WriteU8(value >> 8);
}

/**
 * @brief Read a field.
 * @param at where; advanced behind it
 * @return its value
 */
uint16_t
ReadField(Buffer::Iterator& at)
{
    const uint16_t low = at.ReadU8();
    return static_cast<uint16_t>(low | at.ReadU8() << 8);
}

} // namespace

TypeId
EthernetLoopHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::EthernetLoopHeader")
                            .SetParent<Header>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<EthernetLoopHeader>();
    return tid;
}

TypeId
EthernetLoopHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

void
EthernetLoopHeader::SetReply(uint16_t receiptNumber)
{
    m_receiptNumber = receiptNumber;
}

void
EthernetLoopHeader::AddForward(Mac48Address address)
{
    m_forwards.push_back(Message{static_cast<uint16_t>(Function::FORWARD_DATA), address});
}

std::optional<Mac48Address>
EthernetLoopHeader::Skip()
{
    const std::optional<Mac48Address> address = GetForwardAddress();
    if (!address || m_skipCount > UINT16_MAX - FORWARD_SIZE)
    {
        return std::nullopt;
    }
    m_skipCount += FORWARD_SIZE;
    return address;
}

uint16_t
EthernetLoopHeader::GetSkipCount() const
{
    return m_skipCount;
}

EthernetLoopHeader::Function
EthernetLoopHeader::GetFunction() const
{
    return GetForwardAddress() ? Function::FORWARD_DATA : Function::REPLY;
}

std::optional<Mac48Address>
EthernetLoopHeader::GetForwardAddress() const
{
    const std::size_t turn = m_skipCount / FORWARD_SIZE;
    if (turn >= m_forwards.size())
    {
        return std::nullopt;
    }
    return m_forwards[turn].address;
}

std::size_t
EthernetLoopHeader::GetNForwards() const
{
    return m_forwards.size();
}

std::optional<uint16_t>
EthernetLoopHeader::GetReceiptNumber() const
{
    return m_receiptNumber;
}

std::optional<DropReason>
EthernetLoopHeader::GetError() const
{
    return m_error;
}

void
EthernetLoopHeader::Print(std::ostream& os) const
{
    os << "skip " << m_skipCount;
    const std::size_t turn = m_skipCount / FORWARD_SIZE;
    for (std::size_t i = turn; i < m_forwards.size(); i++)
    {
        os << " forward to " << m_forwards[i].address;
    }
    if (m_receiptNumber)
    {
        os << " reply " << *m_receiptNumber;
    }
}

uint32_t
EthernetLoopHeader::GetSerializedSize() const
{
    return SKIP_COUNT_SIZE + FORWARD_SIZE * static_cast<uint32_t>(m_forwards.size()) +
           (m_receiptNumber ? REPLY_SIZE : 0);
}

void
EthernetLoopHeader::Serialize(Buffer::Iterator start) const
{
    WriteField(start, m_skipCount);
    for (const auto& message : m_forwards)
    {
        WriteField(start, message.function);
        WriteTo(start, message.address);
    }
    if (m_receiptNumber)
    {
        WriteField(start, static_cast<uint16_t>(Function::REPLY));
        WriteField(start, *m_receiptNumber);
    }
}

uint32_t
EthernetLoopHeader::Deserialize(Buffer::Iterator start)
{
    *this = EthernetLoopHeader();
    const std::optional<DropReason> error = Parse(start);
    if (error)
    {
        *this = EthernetLoopHeader(); // nothing of what is malformed is kept
        m_error = error;
        return 0;
    }
    return GetSerializedSize();
}

std::optional<DropReason>
EthernetLoopHeader::Parse(Buffer::Iterator start)
{
    m_receiptNumber.reset();
    if (start.GetRemainingSize() < SKIP_COUNT_SIZE)
    {
        return DropReason::TRUNCATED;
    }
    m_skipCount = ReadField(start);
    if (m_skipCount % FORWARD_SIZE != 0 || m_skipCount > start.GetRemainingSize())
    {
        return DropReason::BAD_LENGTH;
    }
    for (uint32_t skipped = 0; skipped < m_skipCount; skipped += FORWARD_SIZE)
    {
        Message message;
        message.function = ReadField(start);
        ReadFrom(start, message.address);
        m_forwards.push_back(message);
    }

    const std::optional<DropReason> error = ParseMessage(start);
    if (error)
    {
        return error;
    }
    // The messages of later stations are theirs to judge.
    while (!m_receiptNumber && !ParseMessage(start))
    {
    }
    return std::nullopt;
}

std::optional<DropReason>
EthernetLoopHeader::ParseMessage(Buffer::Iterator& start)
{
    const uint32_t size = start.GetRemainingSize();
    if (size < FUNCTION_SIZE)
    {
        return DropReason::TRUNCATED;
    }
    Buffer::Iterator field = start;
    const uint16_t function = ReadField(field);
    if (function == static_cast<uint16_t>(Function::FORWARD_DATA))
    {
        if (size < FORWARD_SIZE)
        {
            return DropReason::TRUNCATED;
        }
        Message message;
        message.function = function;
        ReadFrom(field, message.address);
        m_forwards.push_back(message);
    }
    else if (function == static_cast<uint16_t>(Function::REPLY))
    {
        if (size < REPLY_SIZE)
        {
            return DropReason::TRUNCATED;
        }
        m_receiptNumber = ReadField(field);
    }
    else
    {
        return DropReason::UNKNOWN_MESSAGE;
    }
    start = field;
    return std::nullopt;
}

} // namespace keepalive
} // namespace ns3
