/* SPDX-License-Identifier: GPL-2.0-only */

#include "bgp-capability.h"

#include "network-order.h"

namespace ns3
{
namespace keepalive
{

BgpCapability
BgpCapability::MakeMultiprotocolIpv4()
{
    return {MULTIPROTOCOL, {0, 1, 0, 1}};
}

BgpCapability
BgpCapability::MakeRouteRefresh()
{
    return {ROUTE_REFRESH, {}};
}

BgpCapability
BgpCapability::MakeFourOctetAs(uint32_t as)
{
    BgpCapability capability{FOUR_OCTET_AS, {}};
    AppendUint32(capability.value, as);
    return capability;
}

bool
BgpCapability::IsWellFormed() const
{
    switch (code)
    {
    case MULTIPROTOCOL:
    case FOUR_OCTET_AS:
        return value.size() == 4;
    case ROUTE_REFRESH:
        return value.empty();
    default:
        return true;
    }
}

bool
operator==(const BgpCapability& a, const BgpCapability& b)
{
    return a.code == b.code && a.value == b.value;
}

} // namespace keepalive
} // namespace ns3
