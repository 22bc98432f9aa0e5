/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-stream.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

void
BgpStream::Append(const uint8_t* data, std::size_t size)
{
    if (m_error)
    {
        return; // of no use any more
    }
    // What was taken out is removed once it is at least half of the buffer, so that a byte that
    // moves has paid for it by one that went.
    if (m_begin >= m_buffer.size() - m_begin)
    {
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_begin));
        m_begin = 0;
    }
    m_buffer.insert(m_buffer.end(), data, data + size);
}

BgpStream::Result
BgpStream::Next()
{
    if (m_error)
    {
        return *m_error;
    }
    if (GetBuffered() < BgpHeader::SIZE)
    {
        return std::monostate{};
    }
    const uint8_t* const begin = m_buffer.data() + m_begin;
    std::variant<BgpHeader, BgpError> read = BgpHeader::Read(begin);
    if (auto* error = std::get_if<BgpError>(&read))
    {
        Clear();
        m_error = std::move(*error);
        return *m_error;
    }
    const BgpHeader& header = std::get<BgpHeader>(read);
    if (GetBuffered() < header.length)
    {
        return std::monostate{};
    }
    m_begin += header.length;
    return BgpMessage{header.type, {begin + BgpHeader::SIZE, begin + header.length}};
}

void
BgpStream::Clear()
{
    m_buffer.clear();
    m_begin = 0;
    m_error.reset();
}

std::size_t
BgpStream::GetBuffered() const
{
    return m_buffer.size() - m_begin;
}

} // namespace keepalive
} // namespace ns3
