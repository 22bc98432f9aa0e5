/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: whatever arrives as Cisco HDLC, or as SLARP in it, is parsed or refused.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-hdlc-header -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/frame-check-sequence.h"
#include "ns3/hdlc-header.h"
#include "ns3/packet.h"
#include "ns3/slarp-header.h"

#include <cstdlib>
#include <sstream>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

namespace
{

/**
 * @brief Take a header off a packet; abort if it breaks the promises of headers.
 * @tparam T class of the header
 * @param packet the packet; without the header afterwards, if that was well formed
 * @param header the header
 * @return whether it was well formed
 */
template <typename T>
bool
Parse(Ptr<Packet> packet, T& header)
{
    const uint32_t size = packet->GetSize();
    std::vector<uint8_t> before(size);
    packet->CopyData(before.data(), size);

    const uint32_t consumed = packet->RemoveHeader(header);
    std::ostringstream printed;
    header.Print(printed);
    if (printed.str().empty())
    {
        std::abort();
    }
    if (header.GetError())
    {
        if (consumed != 0)
        {
            std::abort(); // what is malformed must consume nothing
        }
        return false;
    }

    // What is well formed encodes to the same bytes.
    Ptr<Packet> again = packet->Copy();
    again->AddHeader(header);
    std::vector<uint8_t> after(size);
    if (consumed == 0 || again->GetSize() != size || again->CopyData(after.data(), size) != size ||
        after != before)
    {
        std::abort();
    }
    return true;
}

} // namespace

/**
 * @brief Called by libFuzzer with one input after another.
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    for (const FcsType type : {FCS_16, FCS_32})
    {
        std::vector<uint8_t> frame(data, data + size);
        AppendFcs(type, frame);
        if (!CheckFcs(type, frame.data(), frame.size()) ||
            CountStuffedBits(frame.data(), frame.size()) > 8 * frame.size() / 5)
        {
            std::abort();
        }
    }

    Ptr<Packet> packet = Create<Packet>(data, static_cast<uint32_t>(size));
    HdlcHeader hdlc;
    if (!Parse(packet, hdlc))
    {
        return 0;
    }
    SlarpHeader slarp;
    if (Parse(packet, slarp) && slarp.GetUptime().has_value() != (slarp.GetBodySize() > 14))
    {
        std::abort();
    }
    return 0;
}
