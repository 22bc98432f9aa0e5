/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-bgp-client.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BfdBgpClient);

TypeId
BfdBgpClient::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::BfdBgpClient")
                            .SetParent<BfdClient>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<BfdBgpClient>();
    return tid;
}

BfdBgpClient::BfdBgpClient() = default;

BfdBgpClient::~BfdBgpClient() = default;

void
BfdBgpClient::Attach(Ptr<BfdSession> session, Ptr<BgpNeighbor> neighbor)
{
    neighbor->AggregateObject(this);
    Watch(session);
}

void
BfdBgpClient::HandleFailure()
{
    GetObject<BgpNeighbor>()->HandleBfdDown();
}

void
BfdBgpClient::HandleRecovery(LineCause)
{
}

} // namespace keepalive
} // namespace ns3
