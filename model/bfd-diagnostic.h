/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_DIAGNOSTIC_H
#define KEEPALIVE_BFD_DIAGNOSTIC_H

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Why a BFD session changed its state last (RFC 5880 section 4.1). Free of ns-3.
 *
 * A field of five bits: from the wire come the values up to 31, those without a name too.
 */
enum class BfdDiagnostic : uint8_t
{
    NONE = 0,                           //!< nothing to tell
    CONTROL_DETECTION_TIME_EXPIRED = 1, //!< no packet for the detection time
    ECHO_FUNCTION_FAILED = 2,           //!< no echo came back; never sent here
    NEIGHBOR_SIGNALED_SESSION_DOWN = 3, //!< the peer says that it is down
    FORWARDING_PLANE_RESET = 4,         //!< never sent here
    PATH_DOWN = 5,                      //!< something else saw the path fail; never sent here
    CONCATENATED_PATH_DOWN = 6,         //!< the path behind this one failed; never sent here
    ADMINISTRATIVELY_DOWN = 7,          //!< the operator shut the session
    REVERSE_CONCATENATED_PATH_DOWN = 8  //!< the path in front of it failed; never sent here
};

/**
 * @brief The name of a diagnostic in RFC 5880.
 * @param diagnostic the diagnostic
 * @return a name such as "Path Down"; "Reserved" for a value without one
 */
inline const char*
ToString(BfdDiagnostic diagnostic)
{
    switch (diagnostic)
    {
    case BfdDiagnostic::NONE:
        return "No Diagnostic";
    case BfdDiagnostic::CONTROL_DETECTION_TIME_EXPIRED:
        return "Control Detection Time Expired";
    case BfdDiagnostic::ECHO_FUNCTION_FAILED:
        return "Echo Function Failed";
    case BfdDiagnostic::NEIGHBOR_SIGNALED_SESSION_DOWN:
        return "Neighbor Signaled Session Down";
    case BfdDiagnostic::FORWARDING_PLANE_RESET:
        return "Forwarding Plane Reset";
    case BfdDiagnostic::PATH_DOWN:
        return "Path Down";
    case BfdDiagnostic::CONCATENATED_PATH_DOWN:
        return "Concatenated Path Down";
    case BfdDiagnostic::ADMINISTRATIVELY_DOWN:
        return "Administratively Down";
    case BfdDiagnostic::REVERSE_CONCATENATED_PATH_DOWN:
        return "Reverse Concatenated Path Down";
    }
    return "Reserved";
}

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_DIAGNOSTIC_H */
