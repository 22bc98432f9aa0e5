/* SPDX-License-Identifier: GPL-2.0-only */

#include "bfd-line-client.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(BfdLineClient);

TypeId
BfdLineClient::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::BfdLineClient")
                            .SetParent<BfdClient>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<BfdLineClient>();
    return tid;
}

BfdLineClient::BfdLineClient() = default;

BfdLineClient::~BfdLineClient() = default;

void
BfdLineClient::Attach(Ptr<BfdSession> session, Ptr<KeepaliveNetDevice> device)
{
    device->AggregateObject(this);
    Watch(session);
}

void
BfdLineClient::HandleFailure()
{
    GetObject<KeepaliveNetDevice>()->SetLineHeldDown(true, LineCause::BFD_DOWN);
}

void
BfdLineClient::HandleRecovery(LineCause cause)
{
    GetObject<KeepaliveNetDevice>()->SetLineHeldDown(false, cause);
}

} // namespace keepalive
} // namespace ns3
