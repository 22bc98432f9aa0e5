/* SPDX-License-Identifier: GPL-2.0-only */

#include "drop-reason.h"

namespace ns3
{
namespace keepalive
{

const char*
ToString(DropReason reason)
{
    switch (reason)
    {
    case DropReason::ADMIN_DOWN:
        return "admin-down";
    case DropReason::LINE_DOWN:
        return "line-down";
    case DropReason::NO_ROUTE:
        return "no-route";
    case DropReason::RECURSIVE_ROUTING:
        return "recursive-routing";
    case DropReason::TOO_BIG:
        return "too-big";
    case DropReason::UNSUPPORTED_PROTOCOL:
        return "unsupported-protocol";
    case DropReason::TRUNCATED:
        return "truncated";
    case DropReason::BAD_VERSION:
        return "bad-version";
    case DropReason::RESERVED_BITS:
        return "reserved-bits";
    case DropReason::BAD_CHECKSUM:
        return "bad-checksum";
    case DropReason::NO_TUNNEL:
        return "no-tunnel";
    case DropReason::OUT_OF_ORDER:
        return "out-of-order";
    case DropReason::BAD_INNER_HEADER:
        return "bad-inner-header";
    case DropReason::PAYLOAD_TO_ENCAPSULATOR:
        return "payload-to-encapsulator";
    case DropReason::REVERSE_PATH:
        return "reverse-path";
    case DropReason::LOCAL_SOURCE:
        return "local-source";
    case DropReason::NOT_FORWARDING:
        return "not-forwarding";
    case DropReason::TTL_EXPIRED:
        return "ttl-expired";
    case DropReason::NESTED_TOO_DEEP:
        return "nested-too-deep";
    case DropReason::STALLED:
        return "stalled";
    case DropReason::QUEUE_FULL:
        return "queue-full";
    case DropReason::NO_CARRIER:
        return "no-carrier";
    case DropReason::WIRE_CUT:
        return "wire-cut";
    case DropReason::BAD_FCS:
        return "bad-fcs";
    case DropReason::BAD_ADDRESS:
        return "bad-address";
    case DropReason::BAD_LENGTH:
        return "bad-length";
    case DropReason::BAD_OPTION:
        return "bad-option";
    case DropReason::BAD_IDENTIFIER:
        return "bad-identifier";
    case DropReason::NOT_OPENED:
        return "not-opened";
    case DropReason::LOOPED:
        return "looped";
    case DropReason::ERR_DISABLED:
        return "err-disabled";
    case DropReason::UNKNOWN_MESSAGE:
        return "unknown-message";
    case DropReason::BAD_MARKER:
        return "bad-marker";
    case DropReason::BAD_COOKIE:
        return "bad-cookie";
    case DropReason::BAD_MESSAGE_ID:
        return "bad-message-id";
    case DropReason::BAD_SEQUENCE:
        return "bad-sequence";
    case DropReason::NO_BINDING:
        return "no-binding";
    case DropReason::FILTERED:
        return "filtered";
    case DropReason::NO_PORT:
        return "no-port";
    case DropReason::FRAGMENT:
        return "fragment";
    case DropReason::BAD_TTL:
        return "bad-ttl";
    case DropReason::BAD_DISCRIMINATOR:
        return "bad-discriminator";
    case DropReason::BAD_STATE:
        return "bad-state";
    case DropReason::AUTHENTICATION:
        return "authentication";
    }
    return "unknown";
}

} // namespace keepalive
} // namespace ns3
