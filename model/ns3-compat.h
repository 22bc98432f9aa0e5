/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NS3_COMPAT_H
#define KEEPALIVE_NS3_COMPAT_H

#include "ns3/deprecated.h"

/**
 * @file
 * @brief The differences between ns-3.35 and ns-3.48 that this module meets, all in one place.
 *
 * The highest NS_DEPRECATED_3_n that ns3/deprecated.h defines is the release. That works in a waf
 * tree, in a CMake tree and against an installed ns-3 alike, with no help from the build system.
 */

#if defined(NS_DEPRECATED_3_49)
#define KEEPALIVE_NS3_MINOR 49
#elif defined(NS_DEPRECATED_3_48)
#define KEEPALIVE_NS3_MINOR 48
#elif defined(NS_DEPRECATED_3_47)
#define KEEPALIVE_NS3_MINOR 47
#elif defined(NS_DEPRECATED_3_46)
#define KEEPALIVE_NS3_MINOR 46
#elif defined(NS_DEPRECATED_3_45)
#define KEEPALIVE_NS3_MINOR 45
#elif defined(NS_DEPRECATED_3_44)
#define KEEPALIVE_NS3_MINOR 44
#elif defined(NS_DEPRECATED_3_43)
#define KEEPALIVE_NS3_MINOR 43
#elif defined(NS_DEPRECATED_3_42)
#define KEEPALIVE_NS3_MINOR 42
#elif defined(NS_DEPRECATED_3_41)
#define KEEPALIVE_NS3_MINOR 41
#elif defined(NS_DEPRECATED_3_40)
#define KEEPALIVE_NS3_MINOR 40
#elif defined(NS_DEPRECATED_3_39)
#define KEEPALIVE_NS3_MINOR 39
#elif defined(NS_DEPRECATED_3_38)
#define KEEPALIVE_NS3_MINOR 38
#elif defined(NS_DEPRECATED_3_37)
#define KEEPALIVE_NS3_MINOR 37
#elif defined(NS_DEPRECATED_3_36)
#define KEEPALIVE_NS3_MINOR 36
#else
#define KEEPALIVE_NS3_MINOR 35
#endif

#if KEEPALIVE_NS3_MINOR >= 36
/// PointToPointHelper can do without flow control, and so without queue discs, from ns-3.36 on.
#define KEEPALIVE_DISABLE_FLOW_CONTROL(helper) (helper).DisableFlowControl()
#else
#define KEEPALIVE_DISABLE_FLOW_CONTROL(helper)
#endif

#if KEEPALIVE_NS3_MINOR >= 42
/// Application::AssignStreams is virtual from ns-3.42 on.
#define KEEPALIVE_APPLICATION_ASSIGN_STREAMS_OVERRIDE override
#else
#define KEEPALIVE_APPLICATION_ASSIGN_STREAMS_OVERRIDE
#endif

#if KEEPALIVE_NS3_MINOR >= 41
/// Enum accessors name their type from ns-3.41 on.
#define KEEPALIVE_MAKE_ENUM_ACCESSOR(type, ...) MakeEnumAccessor<type>(__VA_ARGS__)
#else
#define KEEPALIVE_MAKE_ENUM_ACCESSOR(type, ...) MakeEnumAccessor(__VA_ARGS__)
#endif

#if KEEPALIVE_NS3_MINOR >= 39
/// Ipv4RoutingProtocol::RouteInput takes its callbacks by reference from ns-3.39 on.
#define KEEPALIVE_ROUTE_INPUT_CALLBACK(type) const type&
#else
#define KEEPALIVE_ROUTE_INPUT_CALLBACK(type) type
#endif

#if KEEPALIVE_NS3_MINOR >= 45
/// Object::GetInstanceTypeId is final from ns-3.45 on; before, subclasses of sockets must have it.
#define KEEPALIVE_INSTANCE_TYPE_ID
#else
#define KEEPALIVE_INSTANCE_TYPE_ID                                                                 \
    TypeId GetInstanceTypeId() const override                                                      \
    {                                                                                              \
        return GetTypeId();                                                                        \
    }
#endif

#if KEEPALIVE_NS3_MINOR >= 42
/// Before ns-3.42 Bind and Connect take a socket's type of service from the address.
#define KEEPALIVE_SET_ADDRESS_TOS(address, tos)
#else
#define KEEPALIVE_SET_ADDRESS_TOS(address, tos) (address).SetTos(tos)
#endif

#endif /* KEEPALIVE_NS3_COMPAT_H */
