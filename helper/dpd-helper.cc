/* SPDX-License-Identifier: GPL-2.0-only */

#include "dpd-helper.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/dpd-profile.h"
#include "ns3/ike-port.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{
namespace keepalive
{

DpdHelper::DpdHelper(const std::string& profile)
{
    NS_ABORT_MSG_IF(!DpdProfile::Find(profile),
                    "DpdHelper: there is no profile \"" << profile << "\"");
    m_factory.SetTypeId(DpdAgent::GetTypeId());
    m_factory.Set("Profile", StringValue(profile));
}

void
DpdHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

DpdHelper::Pair
DpdHelper::Install(Ptr<Node> initiator,
                   Ipv4Address initiatorAddress,
                   Ptr<Node> responder,
                   Ipv4Address responderAddress)
{
    m_saId++;
    return {InstallEnd(initiator, responderAddress, true),
            InstallEnd(responder, initiatorAddress, false)};
}

Ptr<DpdAgent>
DpdHelper::InstallEnd(Ptr<Node> node, Ipv4Address remote, bool initiator) const
{
    IkePort::Of(node); // now, so that whoever looks for parts of the node finds it
    Ptr<DpdAgent> agent = m_factory.Create<DpdAgent>();
    agent->SetAttribute("RemoteAddress", Ipv4AddressValue(remote));
    agent->SetAttribute("Initiator", BooleanValue(initiator));
    agent->SetAttribute("SaId", UintegerValue(m_saId));
    node->AddApplication(agent);
    return agent;
}

int64_t
DpdHelper::AssignStreams(const Pair& agents, int64_t stream)
{
    const int64_t used = agents.first->AssignStreams(stream);
    return used + agents.second->AssignStreams(stream + used);
}

} // namespace keepalive
} // namespace ns3
