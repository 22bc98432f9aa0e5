/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-timing.h"

#include <algorithm>

namespace ns3
{
namespace keepalive
{

BfdTiming::BfdTiming(const Parameters& configured)
{
    static_cast<void>(Configure(configured));
}

bool
BfdTiming::Configure(const Parameters& configured)
{
    m_configured = configured;
    return Advertise();
}

void
BfdTiming::SetUp(bool up)
{
    if (m_up == up)
    {
        return;
    }
    m_up = up;
    if (!up)
    {
        // Nothing is left to protect: no Poll Sequence is needed, or under way.
        m_polling = false;
        m_awaitingClear = false;
    }
    static_cast<void>(Advertise());
}

bool
BfdTiming::OnPacket(const Parameters& remote, bool final)
{
    m_remote = remote;
    if (final && m_polling)
    {
        m_polling = false;
        m_awaitingClear = true;
        m_txInUse = m_advertised.desiredMinTx;
        m_rxInUse = m_advertised.requiredMinRx;
        return false;
    }
    if (!final && m_awaitingClear)
    {
        m_awaitingClear = false;
        return Advertise();
    }
    return false;
}

void
BfdTiming::ForgetPeer()
{
    m_remote = BfdTiming().m_remote;
}

BfdTiming::Parameters
BfdTiming::GetAdvertised() const
{
    return m_advertised;
}

const BfdTiming::Parameters&
BfdTiming::GetRemote() const
{
    return m_remote;
}

bool
BfdTiming::IsPolling() const
{
    return m_polling;
}

uint32_t
BfdTiming::GetTransmitInterval() const
{
    return m_remote.requiredMinRx == 0 ? 0 : std::max(m_txInUse, m_remote.requiredMinRx);
}

BfdTiming::Range
BfdTiming::GetJitter() const
{
    return {0.75, m_advertised.detectMult == 1 ? 0.9 : 1.0};
}

uint64_t
BfdTiming::GetDetectionTime() const
{
    return uint64_t{m_remote.detectMult} * std::max(m_rxInUse, m_remote.desiredMinTx);
}

uint64_t
BfdTiming::GetRemoteDetectionTime() const
{
    return uint64_t{m_advertised.detectMult} *
           std::max(m_advertised.desiredMinTx, m_remote.requiredMinRx);
}

bool
BfdTiming::Advertise()
{
    // The multiplier needs no Poll Sequence (section 6.8.12).
    const bool multiplierChanged = m_advertised.detectMult != m_configured.detectMult;
    m_advertised.detectMult = m_configured.detectMult;

    Parameters wanted = m_configured;
    if (!m_up)
    {
        wanted.desiredMinTx = std::max(wanted.desiredMinTx, SLOW_START);
        m_txInUse = wanted.desiredMinTx;
        m_rxInUse = wanted.requiredMinRx;
    }
    const bool changed = wanted.desiredMinTx != m_advertised.desiredMinTx ||
                         wanted.requiredMinRx != m_advertised.requiredMinRx;
    if (!changed || m_polling || m_awaitingClear)
    {
        return multiplierChanged;
    }
    m_advertised = wanted;
    if (m_up)
    {
        m_polling = true;
        m_txInUse = std::min(m_txInUse, wanted.desiredMinTx);
        m_rxInUse = std::max(m_rxInUse, wanted.requiredMinRx);
    }
    return true;
}

} // namespace keepalive
} // namespace ns3
