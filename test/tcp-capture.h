/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_CAPTURE_H
#define KEEPALIVE_TCP_CAPTURE_H

#include <cstdint>
#include <string>
#include <vector>

/**
 * @file
 * @ingroup keepalive-tests
 * @brief What programs said to each other over TCP, out of a capture file.
 */

namespace ns3
{
namespace keepalive
{

/// What one end of a TCP connection sent.
struct CapturedStream
{
    uint32_t source{0};          //!< its address, in host order
    uint32_t destination{0};     //!< that of the other end
    uint16_t sourcePort{0};      //!< its port
    uint16_t destinationPort{0}; //!< that of the other end
    bool complete{true};         //!< whether no byte is missing in between
    std::vector<uint8_t> bytes;  //!< what it sent, up to the first byte that is missing
};

/**
 * @brief Where a capture lies that is not part of the project.
 * @param name name of the file
 * @return its path beside the project; empty if it is not there
 */
std::string FindCapture(const std::string& name);

/**
 * @brief Put the segments of a capture together, by their sequence numbers.
 *
 * Reads pcap and pcapng as little-endian machines write them, with Ethernet or Cisco HDLC frames.
 * A connection begins with a SYN, or with its first segment if the SYN was not captured. Segments
 * that repeat bytes are what TCP allows; where they say something else, another connection begins.
 *
 * @param path the file
 * @param port TCP port of one of the ends
 * @return the streams that carry data, in the order of their first segments
 */
std::vector<CapturedStream> ReadTcpStreams(const std::string& path, uint16_t port);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_CAPTURE_H */
