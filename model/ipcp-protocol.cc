/* SPDX-License-Identifier: GPL-2.0-only */

#include "ipcp-protocol.h"

#include "ppp-frame-header.h"

namespace ns3
{
namespace keepalive
{

IpcpProtocol::IpcpProtocol(Owner& owner, const IpcpConfig& config)
    : PppControlProtocol(owner, PppFrameHeader::PROTOCOL_IPCP, config.common),
      m_ipcp(config),
      m_local(config.local),
      m_remote(Ipv4Address::GetAny())
{
}

void
IpcpProtocol::ResetOptions()
{
    m_ask = true;
    m_local = m_ipcp.local;
    m_remote = Ipv4Address::GetAny();
}

PppOptions
IpcpProtocol::BuildRequest()
{
    PppOptions request;
    if (m_ask)
    {
        request.Add(PppOptions::MakeOption(PppOptions::IPCP_ADDRESS,
                                           m_local.Get(),
                                           PppOptions::ADDRESS_SIZE));
    }
    return request;
}

PppControlProtocol::Judgement
IpcpProtocol::JudgeOption(const PppOptions::Option& option)
{
    if (option.type != PppOptions::IPCP_ADDRESS)
    {
        return {Answer::REJECT};
    }
    const std::optional<uint64_t> asked = option.GetNumber(PppOptions::ADDRESS_SIZE);
    const uint32_t any = Ipv4Address::GetAny().Get();
    const uint32_t wanted = m_ipcp.remote.Get();
    if (wanted != any && asked != wanted)
    {
        // "the requestor's IP-address is not acceptable", or 0.0.0.0 (RFC 1332 section 3.3)
        return {Answer::NAK, PppOptions::MakeOption(option.type, wanted, PppOptions::ADDRESS_SIZE)};
    }
    if (!asked || *asked == any)
    {
        return {Answer::REJECT}; // there is none to give away
    }
    return {};
}

void
IpcpProtocol::AcceptPeer(const PppOptions& options)
{
    m_remote = Ipv4Address(options.GetIpAddress().value_or(Ipv4Address::GetAny().Get()));
}

void
IpcpProtocol::OnNak(const PppOptions& options, bool giveUp)
{
    const std::optional<uint32_t> address = options.GetIpAddress();
    if (giveUp)
    {
        m_ask = m_ask && !options.Find(PppOptions::IPCP_ADDRESS);
    }
    else if (address && m_ipcp.local == Ipv4Address::GetAny())
    {
        m_local = Ipv4Address(*address);
    }
}

void
IpcpProtocol::OnReject(const PppOptions& options)
{
    m_ask = m_ask && !options.Find(PppOptions::IPCP_ADDRESS);
    if (!m_ask)
    {
        m_local = m_ipcp.local; // nothing was assigned
    }
}

Ipv4Address
IpcpProtocol::GetLocalAddress() const
{
    return m_local;
}

Ipv4Address
IpcpProtocol::GetRemoteAddress() const
{
    return m_remote;
}

} // namespace keepalive
} // namespace ns3
