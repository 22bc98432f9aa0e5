/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DROP_TRACE_WRITER_H
#define KEEPALIVE_DROP_TRACE_WRITER_H

#include "ns3/drop-reason.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Write a drop to an ASCII trace, with its reason before the packet.
 * @param file the trace
 * @param context trace path
 * @param packet what was dropped
 * @param reason why
 */
void WriteDrop(Ptr<OutputStreamWrapper> file,
               std::string context,
               Ptr<const Packet> packet,
               DropReason reason);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DROP_TRACE_WRITER_H */
