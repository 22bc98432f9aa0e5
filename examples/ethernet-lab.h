/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_LAB_H
#define KEEPALIVE_ETHERNET_LAB_H

#include "real-time.h"

#include "ns3/failure-injector.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

class CuttableFdNetDevice;

/**
 * @brief A simulated station whose Ethernet leads out of the simulation, to a peer in the kernel or
 *        beyond it.
 */
class EthernetLab
{
  public:
    /// What the station is told, and what becomes of its cable.
    struct Config
    {
        Ipv4Address address; //!< the station's
        Ipv4Mask mask;       //!< of the network that it shares with its peer
        Time cutAt;  //!< when the cable is cut, both ways and with no signal; zero for never
        Time cutFor; //!< time after which it is mended; zero for never
    };

    /**
     * @brief Build it.
     * @param config what the station is told, and what becomes of its cable
     * @param descriptor the cable: each read or write is a frame. It is closed in the end. -1 for
     *        none
     */
    EthernetLab(const Config& config, int descriptor);

    ~EthernetLab();

    EthernetLab(const EthernetLab&) = delete;
    EthernetLab& operator=(const EthernetLab&) = delete;

    /**
     * @brief Capture what passes over the cable, without what a cut swallows.
     * @param file name of the file
     */
    void EnablePcap(const std::string& file);

    /**
     * @brief How far the simulation fell behind the clock on the wall.
     * @return the worst of one look each tenth of a second
     */
    Time GetLateness() const;

    Ptr<Node> GetNode() const;                //!< @return the station
    Ptr<FailureInjector> GetInjector() const; //!< @return what cuts the cable

  private:
    Ptr<Node> m_node;                  //!< the station
    Ptr<CuttableFdNetDevice> m_device; //!< its interface
    Ptr<FailureInjector> m_injector;   //!< cuts its cable
    RealTime m_realTime;               //!< how well the simulation keeps up
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_LAB_H */
