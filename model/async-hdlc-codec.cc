/* SPDX-License-Identifier: GPL-2.0-only */

#include "async-hdlc-codec.h"

#include "frame-check-sequence.h"

namespace ns3
{
namespace keepalive
{

std::vector<uint8_t>
AsyncHdlcCodec::Encode(const uint8_t* frame, std::size_t size, uint32_t controls)
{
    std::vector<uint8_t> plain(frame, frame + size);
    AppendFcs(FCS_16, plain);
    std::vector<uint8_t> line;
    line.reserve(2 * plain.size() + 2);
    line.push_back(FLAG);
    for (const uint8_t byte : plain)
    {
        const bool control = byte < 32 && (controls >> byte & 1) != 0;
        if (control || byte == FLAG || byte == ESCAPE)
        {
            line.push_back(ESCAPE);
            line.push_back(byte ^ FLIP);
        }
        else
        {
            line.push_back(byte);
        }
    }
    line.push_back(FLAG);
    return line;
}

AsyncHdlcCodec::AsyncHdlcCodec(std::size_t maxSize)
    : m_maxSize(maxSize + FCS_SIZE)
{
}

std::optional<AsyncHdlcCodec::Arrival>
AsyncHdlcCodec::Decode(uint8_t byte)
{
    if (byte == FLAG)
    {
        return EndFrame();
    }
    if (!m_started)
    {
        m_noiseBytes++;
        return std::nullopt;
    }
    if (byte == ESCAPE && !m_escaped)
    {
        m_escaped = true;
        return std::nullopt;
    }
    if (m_pending.size() < m_maxSize)
    {
        m_pending.push_back(m_escaped ? byte ^ FLIP : byte);
    }
    else
    {
        m_tooBig = true;
    }
    m_escaped = false;
    return std::nullopt;
}

std::optional<AsyncHdlcCodec::Arrival>
AsyncHdlcCodec::EndFrame()
{
    Arrival arrival;
    arrival.frame.swap(m_pending);
    const bool aborted = m_escaped;
    const bool tooBig = m_tooBig;
    m_started = true;
    m_escaped = false;
    m_tooBig = false;
    if (arrival.frame.empty() && !aborted)
    {
        return std::nullopt;
    }
    if (tooBig)
    {
        arrival.error = DropReason::TOO_BIG;
    }
    else if (aborted || arrival.frame.size() < MIN_SIZE)
    {
        arrival.error = DropReason::TRUNCATED;
    }
    else if (!CheckFcs(FCS_16, arrival.frame.data(), arrival.frame.size()))
    {
        arrival.error = DropReason::BAD_FCS;
    }
    else
    {
        arrival.frame.resize(arrival.frame.size() - FCS_SIZE);
    }
    return arrival;
}

uint64_t
AsyncHdlcCodec::GetNoiseBytes() const
{
    return m_noiseBytes;
}

std::size_t
AsyncHdlcCodec::GetPendingBytes() const
{
    return m_pending.size();
}

} // namespace keepalive
} // namespace ns3
