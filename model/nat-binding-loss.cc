/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-binding-loss.h"

#include "nat-box.h"

namespace ns3
{
namespace keepalive
{

NS_OBJECT_ENSURE_REGISTERED(NatBindingLoss);

TypeId
NatBindingLoss::GetTypeId()
{
    static TypeId tid = TypeId("ns3::keepalive::NatBindingLoss")
                            .SetParent<FailureTarget>()
                            .SetGroupName("Keepalive")
                            .AddConstructor<NatBindingLoss>();
    return tid;
}

NatBindingLoss::NatBindingLoss() = default;

NatBindingLoss::~NatBindingLoss() = default;

void
NatBindingLoss::SetBox(Ptr<NatBox> box)
{
    m_box = box;
}

std::string
NatBindingLoss::GetKind() const
{
    return "binding-loss";
}

void
NatBindingLoss::DoFail()
{
    m_box->Flush();
}

void
NatBindingLoss::DoRepair()
{
    // The bindings do not come back.
}

void
NatBindingLoss::DoDispose()
{
    m_box = nullptr;
    FailureTarget::DoDispose();
}

} // namespace keepalive
} // namespace ns3
