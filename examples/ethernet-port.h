/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_PORT_H
#define KEEPALIVE_ETHERNET_PORT_H

#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief An Ethernet interface of this machine, opened to read and write whole frames. Free of
 *        ns-3.
 *
 * ns-3's own helpers start a program with special rights for this, by a path that was compiled in;
 * here it takes only the right to open what exists, which any user has in a network namespace of
 * its own.
 */
class EthernetPort
{
  public:
    EthernetPort() = default;
    ~EthernetPort();

    EthernetPort(const EthernetPort&) = delete;
    EthernetPort& operator=(const EthernetPort&) = delete;

    /**
     * @brief Open a TAP interface: what the kernel sends to it is read here.
     * @param name its name, such as tap0; it is made if there is none
     * @return what is wrong, none if it is open
     */
    [[nodiscard]] std::optional<std::string> OpenTap(const std::string& name);

    /**
     * @brief Share an interface with the kernel: what arrives there is read here as well.
     *
     * Meant for one end of a veth pair that has no address, with the kernel at the other end. That
     * end must compute its checksums itself, which "ethtool -K NAME tx off" tells it: a pair does
     * without, as no wire can damage anything.
     *
     * @param name its name
     * @return what is wrong, none if it is open
     */
    [[nodiscard]] std::optional<std::string> OpenInterface(const std::string& name);

    /**
     * @brief Hand the descriptor over.
     * @return the descriptor, to be closed by the caller; -1 if nothing is open
     */
    int Release();

  private:
    int m_descriptor{-1}; //!< what is open
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_PORT_H */
