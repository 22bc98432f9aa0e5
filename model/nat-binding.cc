/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-binding.h"

namespace ns3
{
namespace keepalive
{

const char*
ToString(NatBinding::End end)
{
    switch (end)
    {
    case NatBinding::End::NONE:
        break;
    case NatBinding::End::EXPIRED:
        return "expired";
    case NatBinding::End::RESET:
        return "reset";
    case NatBinding::End::FLUSHED:
        return "flushed";
    }
    return "none";
}

} // namespace keepalive
} // namespace ns3
