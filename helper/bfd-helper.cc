/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-helper.h"

namespace ns3
{
namespace keepalive
{

BfdHelper::BfdHelper()
{
    m_speakers.SetTypeId(BfdSpeaker::GetTypeId());
    m_sessions.SetTypeId(BfdSession::GetTypeId());
}

void
BfdHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_speakers.Set(name, value);
}

void
BfdHelper::SetSessionAttribute(const std::string& name, const AttributeValue& value)
{
    m_sessions.Set(name, value);
}

Ptr<BfdSpeaker>
BfdHelper::Install(Ptr<Node> node) const
{
    for (uint32_t i = 0; i < node->GetNApplications(); i++)
    {
        if (Ptr<BfdSpeaker> speaker = DynamicCast<BfdSpeaker>(node->GetApplication(i)))
        {
            return speaker;
        }
    }
    Ptr<BfdSpeaker> speaker = m_speakers.Create<BfdSpeaker>();
    node->AddApplication(speaker);
    return speaker;
}

Ptr<BfdSession>
BfdHelper::AddSession(Ptr<BfdSpeaker> speaker, Ipv4Address local, Ipv4Address remote) const
{
    Ptr<BfdSession> session = m_sessions.Create<BfdSession>();
    session->SetAttribute("LocalAddress", Ipv4AddressValue(local));
    session->SetAttribute("RemoteAddress", Ipv4AddressValue(remote));
    speaker->AddSession(session);
    return session;
}

std::pair<Ptr<BfdSession>, Ptr<BfdSession>>
BfdHelper::Connect(Ptr<BfdSpeaker> first,
                   Ipv4Address firstAddress,
                   Ptr<BfdSpeaker> second,
                   Ipv4Address secondAddress) const
{
    return {AddSession(first, firstAddress, secondAddress),
            AddSession(second, secondAddress, firstAddress)};
}

} // namespace keepalive
} // namespace ns3
