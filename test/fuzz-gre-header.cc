/* SPDX-License-Identifier: GPL-2.0-only */

/**
 * @file
 * @ingroup keepalive-tests
 * @brief libFuzzer target: whatever arrives as GRE, or inside GRE, is parsed or refused.
 *
 * A short run is part of the tests. A long one by hand, in the build directory of the fuzzers:
 *
 *     ./keepalive-fuzz-gre-header -max_total_time=3600 CORPUS_DIRECTORY
 */

#include "ns3/gre-header.h"
#include "ns3/inner-header.h"
#include "ns3/packet.h"

#include <cstdlib>
#include <sstream>
#include <vector>

using namespace ns3;
using namespace ns3::keepalive;

/**
 * @brief Called by libFuzzer with one input after another.
 * @param data the bytes
 * @param size how many
 * @return 0, always
 */
extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    Ptr<Packet> packet = Create<Packet>(data, static_cast<uint32_t>(size));
    GreHeader gre;
    const uint32_t consumed = packet->RemoveHeader(gre);
    std::ostringstream printed;
    gre.Print(printed);
    if (gre.GetError())
    {
        if (consumed != 0)
        {
            std::abort(); // what is malformed must consume nothing
        }
        return 0;
    }

    // What is well formed encodes to the same bytes, reserved bits apart, which are sent as zero.
    Ptr<Packet> again = packet->Copy();
    again->AddHeader(gre);
    std::vector<uint8_t> bytes(size);
    if (again->CopyData(bytes.data(), static_cast<uint32_t>(size)) != size)
    {
        std::abort();
    }
    const bool reserved = (data[0] & 0x03) != 0 || (data[1] & 0xf8) != 0;
    const std::size_t behind = gre.HasChecksum() ? 8 : 2; // Reserved1 and checksum may differ
    for (std::size_t i = reserved ? behind : (gre.HasChecksum() ? behind : 0); i < size; i++)
    {
        if (bytes[i] != data[i])
        {
            std::abort();
        }
    }

    Ipv4Header ip;
    if (!PeekIpv4Header(packet, ip))
    {
        packet->RemoveHeader(ip);
        ip.Print(printed);
    }
    return 0;
}
